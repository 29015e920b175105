"""Environments in which a library of this folder is loaded before the program, to make happen what seldom does."""
import os
import re
import subprocess


def preloaded(program, library, **settings):
    """An environment with the library preloaded; a sanitizer that is a library of its own must come first."""
    needs = subprocess.run(["ldd", program], capture_output=True, text=True).stdout
    sanitizer = re.search(r"=> (\S*/lib[at]san\.so\S*)", needs)
    libraries = ([sanitizer.group(1)] if sanitizer else []) + [os.environ[library]]
    return dict(os.environ, LD_PRELOAD=" ".join(libraries), **{key: str(value) for key, value in settings.items()})


def signalled(program, number, name, at=1):
    """An environment in which the program is sent the signal right before a file gets, for the at-th time, a name that holds `name`."""
    return preloaded(program, "NUZUH_SIGNAL_AT_NAME", SIGNAL_NUMBER=int(number), SIGNAL_NAME=name, SIGNAL_AT=at)
