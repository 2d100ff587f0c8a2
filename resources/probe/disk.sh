# shellcheck shell=sh disable=SC2154 # begin.sh sets what is not set here
# The probe: the file system of the data directory.
folder=${data_directory:-/}
while [ -n "$folder" ] && [ ! -d "$folder" ]; do folder=${folder%/*}; done
folder=${folder:-/}
path=$data_directory
symlink=no
while [ -n "$path" ]; do
    [ ! -L "$path" ] || symlink=yes
    path=${path%/*}
done
say disk.folder "$folder"
say disk.symlink "$symlink"
values=$(within 5 stat -f -c '%S %b %a %c %d' "$folder" 2>/dev/null) && say disk.space "$values"

best=
best_length=-1
count=0
while read -r _ _ device _ mount options line && [ "$count" -lt 4000 ]; do
    count=$((count + 1))
    case $mount in *\\040*)
        rest=$mount
        mount=
        while case $rest in *\\040*) true ;; *) false ;; esac do
            mount="$mount${rest%%\\040*} "
            rest=${rest#*\\040}
        done
        mount=$mount$rest
        ;;
    esac
    case "${folder%/}/" in
    "${mount%/}/"*)
        if [ ${#mount} -ge "$best_length" ]; then
            best_length=${#mount}
            best="$device $options ${line#*- }"
            best_mount=$mount
        fi
        ;;
    esac
done </proc/self/mountinfo
if [ -n "$best" ]; then
    # shellcheck disable=SC2086  # the kernel escapes blanks in these fields
    set -- $best
    device=$1
    options=$2
    type=$3
    say disk.mount "$best_mount"
    say disk.type "$type"
    shift 4
    say disk.options "$options,$*"
    for file in "/sys/dev/block/$device/queue/rotational" "/sys/dev/block/$device/../queue/rotational"; do
        [ -r "$file" ] || continue
        say_file disk.rotational "$file"
        break
    done
    if [ "$type" = xfs ]; then
        values=$(within 5 xfs_info "$best_mount" 2>/dev/null)
        case $values in
        *ftype=1*) say disk.ftype 1 ;;
        *ftype=0*) say disk.ftype 0 ;;
        esac
    fi
fi
