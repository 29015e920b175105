"""What stands in the made-up results file (synthetic.cpp), for every reader's check."""
import sys

SKIPPED = 77

MEMBERS, TIMES, PLACES, ROUTES = 3, 5, 4, 3
ARABIC = ["معرة النعمان", "خان شيخون", "أطمة", "باب الهوى"]
PCODES = ["C1000", "", "C1002", "C1003"]
DISPLACED = 2  # position of `displaced` among the place fields


def displaced(member, time, place):
    return 1000 * DISPLACED + 100 * member + 10 * time + place


def module(name):
    """Imports a module, or skips the test where it is not installed."""
    try:
        return __import__(name)
    except ImportError:
        print(f"skipped: no {name}")
        sys.exit(SKIPPED)


def check_displaced(values, what):
    """values[member][time][place], whatever holds them."""
    for m in range(MEMBERS):
        for t in range(TIMES):
            for i in range(PLACES):
                found = float(values[m][t][i])
                assert found == displaced(m, t, i), f"{what}: displaced[{m}, {t}, {i}] is {found}"
