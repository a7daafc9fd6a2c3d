"""Language models the person rehearsing already has, in the way they already set them up.

models             what there is, which one speaks, and whether words may go there
choices            what was decided: the voice, and the hosts that were agreed to
hosts              which machine an address is on
keys               where a key is looked for
wire               a server asked in the background, so that listening can stop at any moment
faults             what went wrong, in words
estimate           how long a text is, where nobody counts for us
ollama             models of Ollama
openai_compatible  models behind any endpoint that talks as OpenAI's does
gguf               a GGUF file, in this process
llm_tool           models of the `llm` tool: an example of a source that others can write
"""
