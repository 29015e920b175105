#!/bin/bash
# slurm.sh start|stop FOLDER: a Slurm of one node on the loopback address, as root, everything it writes in FOLDER.
set -eu
folder=$2
conf=$folder/slurm.conf
host=$(hostname -s)
export SLURM_CONF=$conf

write_conf() {
    cat >"$conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2,sched_min_interval=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
KillWait=5
LaunchParameters=disable_send_gids
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
}

start() {
    mkdir -p "$folder"/munge "$folder"/state "$folder"/spool
    chmod 755 "$(dirname "$folder")" "$folder" "$folder/munge"    # munged wants to be reached by everybody
    head -c 1024 /dev/urandom >"$folder/munge/key"
    chown -R munge:munge "$folder/munge"
    chmod 400 "$folder/munge/key"
    setpriv --reuid=munge --regid=munge --clear-groups munged --key-file="$folder/munge/key" \
        --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" \
        --seed-file="$folder/munge/seed"
    write_conf
    slurmctld -c -f "$conf"
    slurmd -f "$conf" -N "$host"
    for _ in $(seq 300); do
        sinfo -h -o %T 2>/dev/null | grep -qE 'idle|mixed' && return
        sleep 0.1
    done
    tail -n 20 "$folder"/*.log >&2
    exit 1
}

stop() {
    for pid in "$folder/slurmd.pid" "$folder/slurmctld.pid" "$folder/munge/pid"; do
        if [ -s "$pid" ]; then kill "$(cat "$pid")" || true; fi
    done
}

"$1"
