package dev.sluice.diagnose;

import java.util.Arrays;
import java.util.Set;

/**
 * The options of {@code run} and {@code create}, of Docker, Podman and nerdctl together:
 * an image stands behind them, and words that may be images behind it.
 */
final class RunOptions {

	/** No word follows as their value. */
	private static final Set<String> FLAGS = words("""
			all-platforms debug debug-full detach disable-content-trust env-host experimental help http-proxy infra init
			insecure-registry interactive kube-hide-dupe no-healthcheck no-hostname no-hosts oom-kill-disable passwd
			privileged publish-all quiet read-only read-only-tmpfs replace rm rmi rootfs selinux-enabled sig-proxy
			tls-verify tty unsetenv-all use-api-socket net-host with-registry-auth no-resolve-image""");

	private static final Set<String> VALUED = words("""
			add-host annotation arch attach authfile blkio-weight blkio-weight-device cap-add cap-drop cdi-spec-dirs
			cert-dir cgroup-conf cgroup-parent cgroupns cgroups chrootdirs cidfile cpu-count cpu-percent cpu-period
			cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems creds decryption-key
			detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps
			device-write-iops dns dns-opt dns-option dns-search domainname entrypoint env env-file env-merge expose
			gidmap gpus group-add group-entry health-cmd health-interval health-log-destination
			health-max-log-count health-max-log-size health-on-failure health-retries health-start-interval
			health-start-period health-startup-cmd health-startup-interval health-startup-retries
			health-startup-success health-startup-timeout health-timeout hostname hosts-dir hosts-file hostuser
			image-volume infra-command infra-conmon-pidfile init-binary init-ctr init-path io-maxbandwidth
			io-maxiops ip ip6 ipc ipfs-address isolation kernel-memory label label-file link link-local-ip
			log-driver log-opt mac-address memory memory-reservation memory-swap memory-swappiness mount name
			namespace net net-alias network network-alias oom-score-adj os passwd-entry personality pid pidfile
			pids-limit platform pod pod-id-file preserve-fd preserve-fds publish pull rdt-class requires restart
			retry retry-delay runtime sdnotify seccomp-policy secret security-opt shm-size shm-size-systemd
			signature-policy snapshotter stop-signal stop-timeout storage-opt subgidname subuidname sysctl systemd
			timeout tmpfs tz uidmap ulimit umask unpack unsetenv user userns userns-remap uts variant verify
			volume volume-driver volumes-from workdir replicas constraint mode config
			endpoint-mode limit-cpu limit-memory reserve-cpu reserve-memory update-delay update-parallelism
			restart-condition placement-pref""");

	private static final String SHORT_FLAGS = "ditPq";

	private RunOptions() {
	}

	/**
	 * Whether a word is an option that no value follows.
	 * @param option a word that begins with a hyphen
	 * @return whether it is one of the flags, several in one, or has its value in itself
	 */
	static boolean isFlag(String option) {
		if (option.startsWith("--")) {
			return option.length() == 2 || FLAGS.contains(option.substring(2));
		}
		int at = 1;
		while (at < option.length() && SHORT_FLAGS.indexOf(option.charAt(at)) >= 0) {
			at++;
		}
		return at != option.length() - 1;
	}

	/**
	 * Whether a word is an option that a value follows.
	 * @param option a word that begins with a hyphen
	 * @return whether it is known as one
	 */
	static boolean isValued(String option) {
		return option.startsWith("--") ? VALUED.contains(option.substring(2)) : !isFlag(option);
	}

	private static Set<String> words(String text) {
		return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
	}

}
