#!/usr/bin/env python3
"""What a call from Python costs over its run, on the campaign: python_calls.py PACKAGE SCENARIO

Processor time of the best of many: the run alone, the call that gives a dataset, and a look at everything in it.
"""
import sys
import time

sys.path.insert(0, sys.argv[1])
import nuzuh  # noqa: E402

campaign = nuzuh.load(sys.argv[2], {"output.origins": "nothing"})
run = {"engine": "pooled", "mode": "expected", "members": 1, "threads": 1}


def best_ms(call, times):
    best = float("inf")
    for _ in range(times):
        before = time.process_time()
        call()
        best = min(best, time.process_time() - before)
    return 1000 * best


nuzuh.run(campaign, **run)
alone = best_ms(lambda: campaign._core.run(1, None, 1, "pooled", "expected", False, None), 50)
call = best_ms(lambda: nuzuh.run(campaign, **run), 50)
whole = best_ms(lambda: nuzuh.run(campaign, **run).load(), 10)
print(f"run {alone:.2f} ms; call {call:.2f} ms, {call - alone:.2f} ms more; with all values looked at {whole:.1f} ms")
