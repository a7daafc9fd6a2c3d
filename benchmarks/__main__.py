"""`make bench`: what can be measured on this machine, printed as one table each."""

from __future__ import annotations

from benchmarks import danger, perception, progress, replies, start_up

for section in (start_up, replies, perception, danger, progress):
    print(f"\n## {section.__name__.removeprefix('benchmarks.')}\n")
    section.main()
