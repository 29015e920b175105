# A study by Snakemake, on one machine or any cluster that Snakemake knows:
#
#     snakemake --snakefile scripts/study.smk --cores 8 --config study=study.yaml results=study.h5 shards=8
#     snakemake --snakefile scripts/study.smk --jobs 8 --cluster sbatch --config ...
#
# A shard that was killed is started again and goes on where it was; nothing is run twice.
study = config["study"]
results = config["results"]
shards = int(config.get("shards", 8))
nuzuh = config.get("nuzuh", "nuzuh")

rule merged:
    input: expand("{results}.done/{i}", results=results, i=range(1, shards + 1))
    output: results
    shell: "{nuzuh} merge {results}.parts -o {output}"

rule shard:
    input: study
    output: touch(results + ".done/{i}")
    retries: 2
    shell: "{nuzuh} sweep {input} -o {results} --shard {wildcards.i}/{shards} --threads 1"
