"""Every error Edgewise raises on purpose, split by who can mend it.

    EdgewiseError
    ├── PersonError              the person rehearsing can mend it
    │   ├── SituationFileError       a situation file is broken or half-written
    │   ├── UnknownNameError         no such take, example, rehearsal …
    │   ├── TurnError                this turn cannot be taken as it is
    │   │   ├── EmptyTurnError
    │   │   └── TurnTooLongError
    │   ├── ScriptError              a file of scripted lines cannot be played
    │   ├── PracticeStoppedError     words that may tell of real danger: practice stops, and help comes first
    │   ├── RehearsalOverError       the conversation has already ended
    │   ├── RewindError              there is no turn there to answer differently
    │   ├── ElsewhereError           another window has gone on with this rehearsal
    │   ├── NotFromHereError         a form was sent that our own pages did not send
    │   ├── AlreadyKeptError         a rehearsal of this id is here already
    │   ├── PassphraseError          the passphrase on what is kept is missing, wrong or too short
    │   ├── ImportFileError          an export that does not read back
    │   └── NotAgreedError           words would go to a host you have not agreed to
    ├── OperatorError            whoever looks after this machine can mend it
    │   ├── DataFolderError          the data folder cannot be read or written
    │   ├── DatabaseTooNewError      the data was written by a newer Edgewise
    │   ├── DamagedDatabaseError     the data file is not a readable database
    │   ├── MissingExtraError        something that was asked for needs a further package
    │   ├── AddressError             the pages cannot be served at this address
    │   ├── ModelFileError           a trained model's file is missing or damaged
    │   └── ModelError               a language model did not answer as it should
    │       ├── ModelUnreachable, ModelTooSlow, ModelCutOff, ModelRefusedKey, ModelBusy
    │       └── ModelMissing, ModelSaidNothing
    └── DeveloperError           a defect in Edgewise or in a plugin
        ├── RepertoireError          a repertoire file does not hold what it must
        └── EvidenceError            a finding quotes words nobody said

Each error says three things: what happened, what was kept, and the next step.
"""

from __future__ import annotations


class EdgewiseError(Exception):
    """Something went wrong, and this says what to do about it.

    Args:
        happened: what went wrong, one sentence.
        kept: what is safe, one sentence; empty when nothing was at risk.
        next_step: what to do now, one sentence.
    """

    def __init__(self, happened: str, *, kept: str = "", next_step: str = "") -> None:
        self.happened = happened
        self.kept = kept
        self.next_step = next_step
        super().__init__(" ".join(part for part in (happened, kept, next_step) if part))


class PersonError(EdgewiseError):
    """The person rehearsing can mend it: a name mistyped, a file half written."""


class SituationFileError(PersonError):
    """A situation file is broken or half-written."""


class UnknownNameError(PersonError):
    """There is no take, example, rehearsal or question of this name."""


class TurnError(PersonError):
    """This turn cannot be taken as it is; the rehearsal goes on from where it was."""


class EmptyTurnError(TurnError):
    """Nothing was said, and silence was not meant."""


class TurnTooLongError(TurnError):
    """More words than anyone could say in one breath."""


class ScriptError(PersonError):
    """A file of scripted lines cannot be played."""


class PracticeStoppedError(PersonError):
    """What was written may tell of real danger: that matters more than practice, so practice stops here.

    Attributes:
        quote: the words that were noticed, exactly as they were written.
        kind: what kind of danger they may tell of (`edgewise.danger.Kind`), so that the right help stands first.
        said: all that was written there; give it to `Edgewise.not_what_i_meant` when it was not meant so.
    """

    def __init__(self, quote: str, *, kind: str, said: str) -> None:
        self.quote, self.kind, self.said = quote, kind, said
        super().__init__(
            f"You wrote: “{quote}” This matters more than practice, so practice stops here.",
            kept="Nothing of this was stored.",
            next_step="Help, by country, is in edgewise.help. If you did not mean it so, say so, and it goes on.",
        )


class RehearsalOverError(PersonError):
    """The conversation has ended; nothing more can be said in it."""


class RewindError(PersonError):
    """There is no turn there to answer differently."""


class ElsewhereError(PersonError):
    """Another window has gone on with this rehearsal."""


class NotFromHereError(PersonError):
    """A form was sent that Edgewise's own pages did not send, or sent long ago."""


class AlreadyKeptError(PersonError):
    """A rehearsal of this id is here already, and must not be written over."""


class PassphraseError(PersonError):
    """The passphrase on what is kept is missing, wrong or too short."""


class ImportFileError(PersonError):
    """A file that should hold an exported rehearsal does not read back."""


class NotAgreedError(PersonError):
    """Words would have to leave this machine for a host you have not said yes to."""


class OperatorError(EdgewiseError):
    """Whoever looks after this machine can mend it: disks, permissions, versions."""


class DataFolderError(OperatorError):
    """The data folder cannot be read or written."""


class DatabaseTooNewError(OperatorError):
    """The data was written by a newer Edgewise than this one."""


class DamagedDatabaseError(OperatorError):
    """The data file is there but is not a readable database."""


class MissingExtraError(OperatorError):
    """Something that was asked for needs a further package; says how to install it."""


class AddressError(OperatorError):
    """The pages cannot be served at this address."""


class ModelFileError(OperatorError):
    """The file of a trained model is missing, damaged, or not the one that was tested."""


class ModelError(OperatorError):
    """A language model did not answer as it should; the built-in voice can."""


class ModelUnreachable(ModelError):
    """Nobody answers where the model should be."""


class ModelTooSlow(ModelError):
    """It takes longer than anybody should wait."""


class ModelCutOff(ModelError):
    """Its answer stopped in the middle, or cannot be read."""


class ModelRefusedKey(ModelError):
    """Its host does not accept the key."""


class ModelBusy(ModelError):
    """Its host takes no more requests just now.

    Attributes:
        retry_after_s: seconds after which it may be asked again; None when it did not say.
    """

    def __init__(
        self, happened: str, *, kept: str = "", next_step: str = "", retry_after_s: float | None = None
    ) -> None:
        super().__init__(happened, kept=kept, next_step=next_step)
        self.retry_after_s = retry_after_s


class ModelMissing(ModelError):
    """There is no such model there."""


class ModelSaidNothing(ModelError):
    """It answered without a word."""


class DeveloperError(EdgewiseError):
    """A defect in Edgewise or in a plugin."""


class RepertoireError(DeveloperError):
    """A repertoire file does not hold what it must."""


class EvidenceError(DeveloperError):
    """A finding quotes words that do not stand in the transcript."""
