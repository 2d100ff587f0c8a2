#!/usr/bin/env bash
# A server that has a Docker engine already, or what is left of one: refused, used, never replaced.
# shellcheck disable=SC2034,SC2016 # server.sh uses what is set here; expanded on the server
# shellcheck source=tests/roles/server.sh
. "$(dirname "$0")/server.sh"
trap 'lab down >/dev/null 2>&1; rm -rf "${work:?}"' EXIT

need_bundle
lab up 1
lab reset s1
state >/dev/null

say "other keys of daemon.json are kept, a text that changed since is not overwritten"
on_server 'mkdir /etc/docker; printf "{\"debug\": false, \"registry-mirrors\": [\"http://10.0.0.1\"]}\n\n" >/etc/docker/daemon.json; chmod 0600 /etc/docker/daemon.json
    touch -d 2021-01-01 /etc/docker/daemon.json'
state >"$work/before"
send_all
expect 0 host apply
expect 0 data apply
daemon_json='{
  "debug": false,
  "registry-mirrors": [
    "http://10.0.0.1"
  ],
  "data-root": "/data/finclip/docker",
  "live-restore": true
}'
expect 3 engine apply
said "was changed since the server was probed"
daemon_json_was=$(on_server 'printf "%s" "$(cat /etc/docker/daemon.json)" | sha256sum | cut -d" " -f1')
expect 0 engine apply
expect 100 engine apply
[ "$(on_server 'docker info -f "{{.RegistryConfig.Mirrors}} {{.DockerRootDir}}"')" = '[http://10.0.0.1/] /data/finclip/docker' ] ||
    give_up "the engine does not run with the merged settings"
say "a change of our own settings needs no new probe"
daemon_json=${daemon_json/\"debug\": false/\"debug\": true}
send docker/docker-compose
expect 0 engine apply
expect 0 engine remove
expect 0 data remove
expect 0 host remove
on_server 'rm -rf /var/lib/finclip-deploy'
state | diff "$work/before" - || give_up "not all is as it was before"

say "a system that applies /etc/sysctl.conf last"
on_server 'printf "# site\nnet.core.somaxconn = 1024" >>/etc/sysctl.conf; sysctl -q -p 2>/dev/null || echo 1024 >/proc/sys/net/core/somaxconn'
state >"$work/before"
expect 0 host apply
on_server 'tail -n 1 /etc/sysctl.conf; grep -c somaxconn /etc/sysctl.conf; cat /proc/sys/net/core/somaxconn' >"$work/sysctl"
[ "$(tr '\n' , <"$work/sysctl")" = '# END finclip,2,32768,' ] || give_up "sysctl.conf: $(cat "$work/sysctl")"
expect 100 host apply
expect 0 host remove
on_server 'rm -rf /var/lib/finclip-deploy'
state | diff "$work/before" - || give_up "not all is as it was before"
say "what others added to it since stays"
expect 0 host apply
on_server 'echo "vm.swappiness = 10" >>/etc/sysctl.conf'
expect 0 host remove
[ "$(on_server 'tail -n 3 /etc/sysctl.conf' | tr '\n' ,)" = '# site,net.core.somaxconn = 1024,vm.swappiness = 10,' ] ||
    give_up "sysctl.conf: $(on_server 'tail -n 5 /etc/sysctl.conf')"

say "an engine of somebody else"
on_server 'rm -r /etc/docker'
archive=$(cd "$FINCLIP_BUNDLE" && echo docker/*.tgz)
on_server 'tar -xzf - -C /usr/bin --strip-components=1 docker' <"$FINCLIP_BUNDLE/$archive"
on_server 'printf "[Service]\nType=notify\nExecStart=/usr/bin/dockerd\n[Install]\nWantedBy=multi-user.target\n" >/usr/lib/systemd/system/docker.service
    systemctl daemon-reload; systemctl start docker'
image=cache
values_of_image
on_server 'docker load -q' <"$FINCLIP_BUNDLE/images/cache.tar" >/dev/null
steady() { state | grep -v -e ' /proc/sys' -e somaxconn; }
steady >"$work/before"
send_all
expect 0 host apply
expect 0 data apply
expect 3 engine apply
said "an engine that is not ours is here (/usr/bin/dockerd)"

say "used by choice: what it lacks is added, what was there stays"
existing=reuse
expect 1 engine check
expect 0 engine check ASKED=engine
expect 1 engine check ASKED=compose
expect 0 engine apply
expect 0 engine check ASKED=compose
on_server 'systemctl -q is-enabled docker' || give_up "the engine does not start at boot"
expect 0 image check ASKED=content
expect 0 image apply
image=gateway
expect 1 image check ASKED=content
expect 0 image apply
expect 0 image remove
image=cache
expect 0 image remove
[ "$(on_server 'docker images --format "{{.Repository}}"')" = finclip/cache ] || give_up "images are not as they were before"
expect 0 engine remove
on_server 'systemctl -q is-active docker' || give_up "the existing engine was stopped"
expect 0 data remove
expect 0 host remove
steady | diff "$work/before" - || give_up "not all is as it was before"
echo PASS
