# The README's two commands, each a stage.
#
#     docker build --target run -t nuzuh .              the program, and the campaign of 2019 under /nuzuh/results
#     docker run --rm -v "$PWD:/data" nuzuh run my-scenario.yaml
#     docker build --target test .                      fails where a test does
FROM debian:12-slim AS run
WORKDIR /nuzuh
COPY . .
RUN scripts/run.sh && ln -s /nuzuh/build/release/app/nuzuh /usr/local/bin/nuzuh
WORKDIR /data
ENTRYPOINT ["nuzuh"]

FROM run AS test
WORKDIR /nuzuh
RUN scripts/test.sh
