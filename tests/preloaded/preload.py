"""Environments in which a library of this folder is loaded before the program, to make happen what seldom does."""
import functools
import os
import re
import subprocess


@functools.cache
def sanitizer_of(program):
    """The sanitizer's library that the program is linked with, or none."""
    needs = subprocess.run(["ldd", program], capture_output=True, text=True).stdout
    found = re.search(r"=> (\S*/lib[at]san\.so\S*)", needs)
    return [found.group(1)] if found else []


def preloaded(program, library, **settings):
    """An environment with the library (a path) preloaded; a sanitizer that is a library of its own must come first."""
    return dict(os.environ, LD_PRELOAD=" ".join([*sanitizer_of(program), str(library)]),
                **{key: str(value) for key, value in settings.items()})


def signalled(program, number, name, at=1):
    """An environment in which the program is sent the signal right before a file gets, for the at-th time, a name that holds `name`."""
    return preloaded(program, os.environ["NUZUH_SIGNAL_AT_NAME"], SIGNAL_NUMBER=int(number), SIGNAL_NAME=name, SIGNAL_AT=at)
