# shellcheck shell=sh
# database/pair: one of two database servers, a primary that takes all writes and its replica, in a container on the server's own
# network. Which of the two is the primary stands in their data and changes with database/switch_over, not with this script.
# Values: IMAGE, IMAGE_ID, MEMBER (its name), MEMBER_ADDRESS, MEMBERS (two lines "name address"), FOUNDS (yes, no), BALANCERS (their
# addresses, one a line), DATA_DIR (of the database), FOLDER (its configuration), SECRETS_DIR.
# The image has mariadbd, mariadb, mariadb-dump and mariadb-install-db.
# shellcheck disable=SC2154  # values and what lib.sh defines

project=finclip-database
container=finclip-database

# The member itself and the other one.
members_text() {
    say "$MEMBERS" | grep "^$MEMBER "
    say "$MEMBERS" | grep -v "^$MEMBER "
}

# Runs in the container. The table finclip_deploy.writer says who is to write: the member of the highest term. It is replicated as all
# else is, so whoever is named there and has read it has all that was written before.
pair_text() {
    pair_sight && pair_guard && pair_words && pair_hand_over && cat <<'PAIR'
other_login
case $1 in
guard)
    while :; do
        alone_for_a_moment one_look || :
        sleep 0.5
    done
    ;;
role) tell_role ;;
state) look && say "$mine" ;;
account) account "$2" ;;
found | yield | force) alone_for_a_moment "$1" ;;
*) exit 2 ;;
esac
PAIR
}

compose_text() {
    cat <<COMPOSE
services:
  database:
    image: "$IMAGE"
    pull_policy: never
    container_name: $container
    network_mode: host
    restart: always
    entrypoint: [sh, /etc/finclip/start]
    command: []
    labels: {finclip.role: database, finclip.image: "$IMAGE_ID", finclip.configuration: "$(digest_of_text "$(configuration) $(start_text) $(pair_text) $(members_text)")"}
    volumes: ["$DATA_DIR:/var/lib/mysql", "$FOLDER:/etc/finclip:ro", "$SECRETS_DIR/db_root_password:/run/secrets/db_root_password:ro", "$SECRETS_DIR/db_password:/run/secrets/db_password:ro", "$SECRETS_DIR/db_replication_password:/run/secrets/db_replication_password:ro"]
    tmpfs: [/tmp]
    healthcheck: {test: ["CMD-SHELL", "sh /etc/finclip/pair role | grep -qE '^(primary|replica) '"], interval: 10s, timeout: 8s, retries: 3, start_period: 120s}
    logging: {driver: json-file, options: {max-size: 50m, max-file: "3"}}
    stop_grace_period: 90s
COMPOSE
}

files_are_as_wished() {
    is_written "$FOLDER/member.cnf" "$(configuration)" &&
        is_written "$FOLDER/members" "$(members_text)" &&
        is_written "$FOLDER/start" "$(start_text)" &&
        is_written "$FOLDER/pair" "$(pair_text)" &&
        is_written "$FOLDER/compose.yaml" "$(compose_text)"
}

wished() { digest_of_text "$BALANCERS $(compose_text)"; }

pair() { docker exec "$container" sh /etc/finclip/pair "$@"; }

role() { pair role 2>/dev/null || :; }

check() {
    ledger database.pair
    is_made_as "$project" "$(wished)" && files_are_as_wished
}

other_answers() {
    address=$(members_text | sed -n '2s/.* //p')
    timeout 3 bash -c ": <>/dev/tcp/$address/3306" 2>/dev/null
}

# Where a new member comes in for one that leaves, the one that stays must be the primary.
writer_stays() {
    writer=$(pair state 2>/dev/null | cut -d' ' -f2)
    [ -z "$writer" ] || [ "$writer" = - ] || say "$MEMBERS" | grep -q "^$writer " ||
        cannot "$writer is the primary and leaves: switch over to $MEMBER first"
}

# A primary that is alone after it was off waits for the other one, which may only be installed after it.
has_its_role() {
    case $(role) in
    primary* | replica*) return 0 ;;
    waits*) lonely=$((lonely + 1)) ;;
    *) lonely=0 ;;
    esac
    return 1
}

comes_to_its_role() (
    left=1100 lonely=0
    until has_its_role; do
        left=$((left - 1))
        if other_answers; then lonely=0; elif [ "$lonely" -ge 15 ]; then exit 2; fi
        [ "$left" -gt 0 ] || exit 1
        case $(role) in broken*) broken=$((${broken:-0} + 1)) ;; *) broken=0 ;; esac
        [ "$broken" -lt 20 ] || exit 1
        sleep 1
    done
)

# Those that only ask whether a server may take writes have no password and may do nothing else.
accounts() {
    case $(role) in primary*) ;; *) return 0 ;; esac
    say "$BALANCERS" | while read -r address; do
        [ -z "$address" ] || say "CREATE USER IF NOT EXISTS 'finclip_check'@'$address' WITH MAX_USER_CONNECTIONS 20;"
    done | docker exec -i "$container" mariadb --defaults-file=/etc/finclip/member.cnf || return
    say "$MEMBERS" | cut -d' ' -f2 | while read -r address; do pair account "$address" </dev/null || exit; done
}

answers() { pair state; }

apply() {
    ledger database.pair
    make_folder "$FOLDER" 0755 && make_folder "$DATA_DIR" 0755 && writer_stays || return
    configuration | put_file "$FOLDER/member.cnf" 0644 && members_text | put_file "$FOLDER/members" 0644 &&
        start_text | put_file "$FOLDER/start" 0755 && pair_text | put_file "$FOLDER/pair" 0755 &&
        compose_text | put_file "$FOLDER/compose.yaml" 0644 || return
    start_project "$project" "$FOLDER" || return
    wait_for 120 answers || cannot "the database does not answer; see: docker logs $container" || return
    if [ "$FOUNDS" = yes ] && [ ! -f "$book/founded" ]; then pair found || return; fi
    comes_to_its_role
    case $? in
    0) : >"$book/founded" && accounts || cannot "the accounts of the balancers and the replica cannot be made" || return ;;
    2) [ -f "$DATA_DIR/data/finclip_deploy/writer.ibd" ] && say "database $MEMBER: $(role)" ;;
    *) cannot "database $MEMBER: $(role); see: docker logs $container" || return ;;
    esac
    containers_of "$project" >"$book/containers" || return
    ledger_done "$(wished)"
}

verify() {
    state=$(role)
    what=${state#* } && what=${what#* }
    other=$(members_text | sed -n '2s/ .*//p')
    case $state in
    'primary '*confirmed) say "database $MEMBER: primary, can write; $other confirms each write" ;;
    'primary '*) no "database $MEMBER: primary, can write; no replica confirms its writes, so they are on this server alone" ;;
    'replica '*)
        say "database $MEMBER: replica of $other, $what s behind"
        [ "$what" -le 10 ] 2>/dev/null || no "it lags too far behind"
        ;;
    'broken '*) no "database $MEMBER: does not follow $other: $what; recover makes it a replica again" ;;
    *) no "database $MEMBER: cannot write: ${what:-does not answer}; if $other is lost, promote $MEMBER with switch-over --force" ;;
    esac
}

remove() {
    ledger database.pair
    ledger_restore && drop_secrets db_root_password db_password db_replication_password
}
