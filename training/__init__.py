"""How the act reader's model file was made: from labelled text to one checked file, with `python -m training`."""
