"""Files nobody in their right mind would write, given to every parser: `python -m fuzzing situation --seconds 60`.

Needs atheris (`pip install -e '.[fuzz]'`). What it finds is mended and kept as a test.
"""
