"""check_forms.py FORM NUZUH SCENARIOS: what a program writes of a scenario or table that it read says the same."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

form, nuzuh, scenarios = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_forms_"))
SHIPPED = ["toy.yaml", "idlib-2019.yaml"]


def skip(why):
    print("skipped:", why)
    sys.exit(77)


def echo(path):
    """The scenario with every value written out; it must be right and without a warning."""
    done = subprocess.run([nuzuh, "explain", path], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def checked(path):
    return subprocess.run([nuzuh, "check", path], capture_output=True, text=True, timeout=100)


def said(path):
    return checked(path).stderr


def expect_same(rewrite, ending=".yaml", digits=None):
    """Hands the echo of shipped scenarios to `rewrite(source, target)`, whose file must say the same."""
    for name in SHIPPED:
        text, notes = echo(scenarios / name)
        source, target = folder / ("echo-" + name), folder / ("again-" + pathlib.Path(name).stem + ending)
        source.write_text(text, encoding="utf-8")
        rewrite(source, target)
        again, more = echo(target)
        if digits:  # as many as the program writes
            text, again = rounded(text, digits), rounded(again, digits)
        assert again == text, f"{name}: {first_difference(text, again)}"
        assert more.count("warning:") <= notes.count("warning:"), more


def rounded(text, digits):
    return re.sub(r"\d+\.\d+(e[-+]\d+)?", lambda number: f"{float(number[0]):.{digits}g}", text)


def first_difference(a, b):
    return next(((x, y) for x, y in zip(a.splitlines(), b.splitlines()) if x != y), "one is longer")


def run(*words, **options):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=200, **options)
    assert done.returncode == 0, done.stdout + done.stderr


def pyyaml():
    yaml = python("yaml")
    expect_same(lambda source, target: target.write_text(
        yaml.safe_dump(yaml.safe_load(source.read_text()), allow_unicode=True)))
    values = yaml.safe_load((folder / "echo-toy.yaml").read_text())
    assert isinstance(values["behaviour"]["leave"]["h0"], float)


def python(module):
    try:
        return __import__(module)
    except ImportError:
        skip(f"no {module}")


def as_json_default(value):
    """As JavaScript writes a date."""
    return value.isoformat() + "T00:00:00.000Z"


def json_form():
    yaml = python("yaml")
    expect_same(lambda source, target: target.write_text(
        json.dumps(yaml.safe_load(source.read_text()), default=as_json_default)))
    expect_same(lambda source, target: target.write_text(
        json.dumps(yaml.safe_load(source.read_text()), default=as_json_default, indent=1)), ".json.yaml")


def js_yaml():
    if not shutil.which("node") or not shutil.which("npm"):
        skip("no node")
    if subprocess.run(["npm", "install", "--prefix", folder, "js-yaml@4"], capture_output=True,
                      timeout=200).returncode:
        skip("js-yaml cannot be installed")
    script = """
        const fs = require('fs'), yaml = require('js-yaml'), [source, target] = process.argv.slice(2);
        const value = yaml.load(fs.readFileSync(source, 'utf8'));
        fs.writeFileSync(target, FORM(value));"""
    for number, call in enumerate(("yaml.dump", "JSON.stringify")):
        program = folder / f"again{number}.js"
        program.write_text(script.replace("FORM", call))
        expect_same(lambda source, target, program=program: run("node", program, source, target, cwd=folder))


def needs_r(package):
    if not shutil.which("Rscript"):
        skip("no R")
    if subprocess.run(["Rscript", "-e", f"stopifnot(requireNamespace('{package}', quietly = TRUE))"],
                      capture_output=True).returncode:
        skip(f"R has no package {package}")


def r(code, *words):
    program = folder / "again.R"
    program.write_text("args <- commandArgs(TRUE)\n" + code + "\n")
    run("Rscript", "--vanilla", program, *words)


def r_yaml():
    needs_r("yaml")
    expect_same(lambda source, target: r("yaml::write_yaml(yaml::read_yaml(args[1]), args[2], precision = 17L)", source, target))
    r("yaml::write_yaml(yaml::read_yaml(args[1]), args[2])", folder / "echo-toy.yaml", folder / "seven_digits.yaml")
    assert "nothing wrong" in checked(folder / "seven_digits.yaml").stdout


def r_jsonlite():
    needs_r("jsonlite")
    needs_r("yaml")
    write = "writeLines(jsonlite::toJSON(yaml::read_yaml(args[1]), auto_unbox = TRUE%s), args[2])"
    expect_same(lambda source, target: r(write % ", digits = NA", source, target),
                digits=15)
    # By default it rounds to four decimals, which makes 0 of 5e-05: that is said.
    source, target = folder / "echo-toy.yaml", folder / "rounded.yaml"
    r(write % "", source, target)
    assert "'h0' is exactly 0, by default 5e-05" in said(target), said(target)
    r("writeLines(jsonlite::toJSON(yaml::read_yaml(args[1]), digits = NA), args[2])", source, target)
    assert "auto_unbox = TRUE" in said(target), said(target)


def copied_network():
    target = folder / "net"
    shutil.copytree(scenarios / "northwest-syria", target, dirs_exist_ok=True)
    (folder / "s.yaml").write_text("title: T\nperiod: {from: 2019-04-29, to: 2019-05-31}\nnetwork: net\n"
                                   "groups: [{name: all, share: 1}]\n"
                                   "bombardment: [{table: net/bombardment.csv}]\n")
    return folder / "s.yaml", [target / f"{name}.csv" for name in ("places", "routes", "areas", "bombardment")]


def expect_same_tables(*rewrites):
    scenario, tables = copied_network()
    text, _ = echo(scenario)
    for rewrite in rewrites:
        copied_network()
        for table in tables:
            rewrite(table)
        assert echo(scenario)[0] == text, first_difference(text, echo(scenario)[0])


def r_csv():
    if not shutil.which("Rscript"):
        skip("no R")
    read = "table <- read.csv(args[1], check.names = FALSE, na.strings = ''); hxl <- grepl('^#', table[[1]][1])\n"
    typed = "if (isTRUE(hxl)) table <- type.convert(table[-1, ], as.is = TRUE)\n"
    expect_same_tables(lambda table: r(read + "write.csv(table, args[1])", table),
                       lambda table: r(read + typed + "write.csv(table, args[1])", table),
                       lambda table: r(read + typed + "write.csv2(table, args[1], na = '')", table))


def pandas():
    pd = python("pandas")

    def typed(table):
        skipped = [1] if table.read_text(encoding="utf-8").split("\n")[1].startswith("#") else []
        frame = pd.read_csv(table, skiprows=skipped)
        if "from" in frame and "to" in frame and table.stem == "bombardment":
            frame["from"], frame["to"] = pd.to_datetime(frame["from"]), pd.to_datetime(frame["to"])
        return frame

    expect_same_tables(lambda table: pd.read_csv(table).to_csv(table),
                       lambda table: typed(table).to_csv(table),
                       lambda table: typed(table).to_csv(table, date_format="%Y-%m-%dT%H:%M:%S.000Z", na_rep="NA"),
                       lambda table: typed(table).to_csv(table, sep=";", decimal=",", index=False))


try:
    {"json": json_form}.get(form, globals().get(form))()
finally:
    shutil.rmtree(folder, ignore_errors=True)
