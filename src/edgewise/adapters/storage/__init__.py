"""Your rehearsals on disk, in one SQLite file that only you can read.

`sqlite_store` is the store; `opening` finds and prepares its file; `tables` and `migrations` are the file's shape;
`records` turns a rehearsal into rows and back; `troubles` says in plain words what a disk refused, and `refusals` what
any store refuses. `copies` are the older files beside it; `keys` and `locking` put a passphrase on it; `salvage` and
`pages` save what a damaged one still holds; `alone` makes sure nobody else has it open meanwhile. Nothing is imported
here, so that starting Edgewise does not wait for SQLAlchemy.
"""
