#include "remote/upload_scripts.h"

#include <charconv>
#include <sstream>

namespace deploy {

// Nothing is removed here: a script whose line was cut may end long after the next one has begun.
// Writing is by position, never by appending: what an earlier, cut call still has in its pipes may
// arrive late, and then writes the same bytes to the same place.

// OpenSSL is several times faster than sha256sum where the CPU knows SHA; its own reads of 8 KiB
// cost more than the digest where it reads from a pipe.
#define CHOOSE_HASH                                                                \
    "for buffer in 'stdbuf -i64K' ''; do\n"                                        \
    "    case $($buffer openssl dgst -sha256 -r </dev/null 2>/dev/null) in\n"      \
    "        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855*)\n" \
    "            sha256() { $buffer openssl dgst -sha256 -r | cut -c 1-64; }\n"    \
    "            break\n"                                                          \
    "            ;;\n"                                                             \
    "        *) sha256() { sha256sum | cut -c 1-64; } ;;\n"                        \
    "    esac\n"                                                                   \
    "done\n"

const char* const kUploadPrepareScript = CHOOSE_HASH R"sh(
dest=$1 part=$2 size=$3 sha=$4 mode=$5
folder=${dest%/*}/
[ -d "$folder" ] || exit 66
[ -d "$dest" ] && exit 67
if [ -f "$dest" ] && [ "$(stat -c %s "$dest")" = "$size" ] && [ "$(sha256 <"$dest")" = "$sha" ]; then
    rm -f "$part"
    chmod "$mode" "$dest" || exit 70
    echo same
    exit 0
fi
if [ -f "$part" ] && [ ! -L "$part" ]; then
    blocks=$(($(stat -c %s "$part") / 65536))
    echo "part $((blocks * 65536)) $(dd if="$part" bs=65536 count="$blocks" 2>/dev/null | sha256)"
fi
df -P -k "$folder" | { read -r _; read -r _ _ _ free _; echo "free $free"; }
case $(printf x | dd bs=2 count=1 iflag=fullblock 2>/dev/null) in x) echo blocks ;; esac
)sh";

const char* const kUploadReceiveScript = CHOOSE_HASH R"sh(
dest=$1 part=$2 size=$3 sha=$4 mode=$5 blocks=$6 streams=$7
umask 077
[ "$blocks" -gt 0 ] || rm -rf "$part"

# One stripe after the other from the streams in turn; a short one ends the whole.
join() {
    turn=0
    while :; do
        case $((turn % streams)) in
            0) said=$(dd bs=65536 count=8 iflag=fullblock 2>&1 >&9) ;;
            1) said=$(dd bs=65536 count=8 iflag=fullblock 2>&1 >&9 <&6) ;;
            2) said=$(dd bs=65536 count=8 iflag=fullblock 2>&1 >&9 <&7) ;;
            3) said=$(dd bs=65536 count=8 iflag=fullblock 2>&1 >&9 <&8) ;;
        esac
        case $said in 8+0*) turn=$((turn + 1)) ;; *) return ;; esac
    done
}

# Receives 16 MiB at a time; the digest follows one piece behind, out of the page cache.
receive() {
    at=$blocks feeder=
    if [ "$at" -gt 0 ]; then
        dd if="$part" bs=65536 count="$at" 2>/dev/null >&5 &
        feeder=$!
    fi
    while :; do
        # Words that nobody hears any more must not end dd before its time.
        said=$(dd of="$part" bs=65536 seek="$at" count=256 iflag=fullblock conv=notrunc 2>&1) || {
            echo "failed $said" >&3
            return
        }
        [ -z "$feeder" ] || wait "$feeder"
        dd if="$part" bs=65536 skip="$at" count=256 2>/dev/null >&5 &
        feeder=$!
        case $said in 256+0*) at=$((at + 256)) ;; *) break ;; esac
    done
    wait "$feeder"
}

if [ "$streams" -gt 1 ]; then
    rm -f "$part".in1 "$part".in2 "$part".in3
    mkfifo "$part".in1 "$part".in2 "$part".in3 || exit 70
    exec 6<>"$part".in1 7<>"$part".in2 8<>"$part".in3
    echo ready
    if ! read -r _; then
        rm -f "$part".in1 "$part".in2 "$part".in3
        exit 68
    fi
    # The other ends are open by now; without a writer of our own their end is seen.
    exec 6<"$part".in1 7<"$part".in2 8<"$part".in3
    rm -f "$part".in1 "$part".in2 "$part".in3
    answer=$({ join 9>&1 | receive 5>&1 >/dev/null | sha256; } 3>&1)
elif [ "$streams" -eq 1 ]; then
    answer=$({ receive 5>&1 >/dev/null | sha256; } 3>&1)
else
    if said=$(dd of="$part" bs=65536 seek="$blocks" conv=notrunc 2>&1); then
        answer=$(sha256 <"$part")
    else
        answer="failed $said"
    fi
fi

case $answer in
    *failed*)
        echo "$answer" >&2
        exit 70
        ;;
esac
[ "$(stat -c %s "$part")" = "$size" ] || exit 68
case $answer in
    *"$sha"*) ;;
    *) exit 69 ;;
esac

# A slow disk may take minutes for what the memory took at once: that is no stall.
{
    n=0
    while sleep 10 >/dev/null 2>&1 && [ $((n += 1)) -le 180 ]; do echo writing; done
} &
beat=$!
said=$(dd if=/dev/null of="$part" bs=65536 conv=notrunc,fsync 2>&1)
written=$?
kill "$beat" 2>/dev/null
if [ "$written" -ne 0 ]; then
    echo "$said" >&2
    exit 70
fi
[ ! -d "$dest" ] && chmod "$mode" "$part" && mv -f "$part" "$dest" || exit 70
)sh";

const char* const kUploadStreamScript = R"sh(
exec 3>"$1" || exit 70
echo open
# What waits for its turn waits here: a cut takes what sshd holds, and leaves what a process has.
dd ibs=65536 obs=524288 2>/dev/null | exec dd ibs=65536 obs=524288 >&3 2>/dev/null
)sh";

#undef CHOOSE_HASH

Result<UploadState> parseUploadState(const std::string& text) {
    UploadState state;
    bool sawFree = false;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string kind;
        words >> kind;
        if (kind == "same") {
            state.same = true;
        } else if (kind == "blocks") {
            state.wholeBlocks = true;
        } else if (kind == "part") {
            words >> state.partBytes >> state.partSha256;
        } else if (kind == "free") {
            words >> state.freeBytes;
            state.freeBytes *= 1024;
            sawFree = true;
        } else {
            words.setstate(std::ios::failbit);
        }
        if (words.fail())
            return fail(ErrorCode::RemoteCommandFailed, {}, text);
    }
    if (!state.same && !sawFree)
        return fail(ErrorCode::RemoteCommandFailed, {}, text);
    return state;
}

}  // namespace deploy
