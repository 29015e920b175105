"""The JSON Schema beside the scenarios is up to date, takes what is shipped, and refuses mistakes that a schema can see."""
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

# Mistakes that need no knowledge beyond one file's keys, kinds, choices and ranges.
SEEN_BY_A_SCHEMA = """
    choice_far_from_any choice_misspelt date_as_a_number date_as_a_word date_month_first date_with_a_time
    date_with_points date_with_slashes date_without_zeros duration_with_an_unknown_unit duration_without_unit
    extends_a_list flag_as_on key_in_capitals key_of_a_section_misspelt key_that_belongs_elsewhere
    key_that_only_lists_know key_unknown_at_the_top key_unknown_in_a_list_without_names
    key_unknown_in_an_entry key_unknown_with_a_near_one key_unknown_with_nothing_near
    keys_in_place_of_a_list keys_in_place_of_a_text keys_missing_at_the_top keys_missing_in_sections
    list_in_place_of_a_network list_in_place_of_a_number list_in_place_of_keys many_mistakes_at_once
    number_as_a_fraction number_as_a_word number_in_arabic_digits number_in_percent number_in_quotes
    number_negative number_out_of_range number_with_a_decimal_comma number_with_another_unit
    number_with_its_unit number_with_k number_with_spaces_between number_with_thousands_separators
    replaces_a_word share_above_one table_that_is_a_list table_with_another_key table_without_its_dash
    whole_number_out_of_range whole_number_with_a_point word_in_place_of_a_list word_in_place_of_keys
    words_in_place_of_entries
""".split()


class CoreSchema(yaml.SafeLoader):
    """YAML 1.2 core schema, as editors read it: dates are texts, 'yes' is a text, 1e5 is a number."""


CoreSchema.yaml_implicit_resolvers = {}
for tag, form, first in [
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
]:
    CoreSchema.add_implicit_resolver("tag:yaml.org,2002:" + tag, yaml.resolver.re.compile(form), list(first))
CoreSchema.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))
CoreSchema.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def main(print_schema, root):
    printed = subprocess.run([print_schema], capture_output=True, check=True).stdout
    schema = json.loads(printed)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures = []
    shipped_schema = root / "scenarios" / "scenario.schema.json"
    if not shipped_schema.exists() or shipped_schema.read_bytes() != printed:
        failures.append("scenarios/scenario.schema.json is not what the program prints: scripts/update_golden.sh")

    def read(file):
        return yaml.load(file.read_text(encoding="utf-8"), Loader=CoreSchema)

    shipped = sorted((root / "scenarios").glob("*.yaml"))
    if not shipped:
        failures.append("no scenario is shipped")
    for file in shipped:
        for error in validator.iter_errors(read(file)):
            failures.append(f"{file.name} is right, and the schema says: {error.message[:200]}")
    for name in SEEN_BY_A_SCHEMA:
        if validator.is_valid(read(root / "tests/mistakes/cases" / f"{name}.yaml")):
            failures.append(f"{name} is wrong, and the schema accepts it")
    print("\n".join(failures) or f"{len(shipped)} scenarios accepted, {len(SEEN_BY_A_SCHEMA)} mistakes refused")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
