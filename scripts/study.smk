# A study by Snakemake, on one machine or any cluster that Snakemake knows:
#
#     snakemake --snakefile scripts/study.smk --cores 8 --config study=study.yaml results=study.h5 shards=8
#     snakemake --snakefile scripts/study.smk --jobs 8 --cluster sbatch --config ...
#
# A shard that was killed is started again and goes on where it was; nothing is run twice. Every file that the study is
# read from is an input: when one changes, the study is begun anew.
import subprocess

study = config["study"]
results = config["results"]
shards = int(config.get("shards", 8))
nuzuh = config.get("nuzuh", "nuzuh")
inputs = subprocess.run([nuzuh, "sweep", study, "--inputs"], check=True, stdout=subprocess.PIPE,
                        text=True).stdout.splitlines()

rule merged:
    input: expand("{results}.done/{i}", results=results, i=range(1, shards + 1))
    output: results
    shell: "{nuzuh} merge {results}.parts -o {output}"

# Parts and results of what the study was before are not taken for its own.
rule begun:
    input: inputs
    output: touch(results + ".done/begun")
    shell: "{nuzuh} sweep {study} -o {results} --begin --force"

rule shard:
    input: results + ".done/begun"
    output: touch(results + ".done/{i}")
    retries: 2
    shell: "{nuzuh} sweep {study} -o {results} --shard {wildcards.i}/{shards} --threads 1"
