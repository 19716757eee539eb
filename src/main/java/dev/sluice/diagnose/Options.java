package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The options of the commands that people paste, in as far as they tell an image from
 * their values. What follows an option that isn't known may be its value or the image, so
 * that it is neither. Immutable.
 */
enum Options {

	/** Of a command that runs a container: an image, and then a command of its own. */
	RUN("ditPq", "aehlmpuvwc"),

	/** Of any other command of a client. */
	ANY("qaditDkPErv", "unocepH"),

	/** Of whatever else was pasted. */
	FOREIGN("", "");

	private static final Set<String> FLAGS = words("""
			all all-metadata all-platforms all-tags allow-insecure-registry confirm debug debug-full descriptor detach
			devel digests disable-content-trust env-host experimental force full-ref help http-proxy ignore-unfixed
			infra init insecure insecure-registry insecure-skip-tls-verify interactive kube-hide-dupe list list-tags
			local net-host no-cache no-clobber no-creds no-healthcheck no-hostname no-hosts no-resolve
			no-resolve-image no-trunc omit-digest-tags oom-kill-disable passwd password-stdin plain-http
			preserve-digests pretty privileged publish-all quiet raw read-only read-only-tmpfs recursive remote
			replace rm rmi rootfs selinux-enabled sig-proxy skip-metadata skip-verify tls tls-verify tlsverify tree
			tty unsetenv-all use-api-socket verbose with-registry-auth""");

	private static final Set<String> VALUED = words("""
			add-host address annotation arch attach authfile blkio-weight blkio-weight-device cap-add cap-drop
			cdi-spec-dirs cert-dir certificate-identity certificate-identity-regexp certificate-oidc-issuer
			certificate-oidc-issuer-regexp cgroup-conf cgroup-parent cgroupns cgroups chrootdirs cidfile config
			constraint context cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus
			cpuset-cpus cpuset-mems creds decryption-key detach-keys device device-cgroup-rule device-read-bps
			device-read-iops device-write-bps device-write-iops dns dns-opt dns-option dns-search domainname
			endpoint-mode entrypoint env env-file env-merge expose file format gidmap gpus group-add group-entry header
			health-cmd health-interval health-log-destination health-max-log-count health-max-log-size
			health-on-failure health-retries health-start-interval health-start-period health-startup-cmd
			health-startup-interval health-startup-retries health-startup-success health-startup-timeout
			health-timeout hostname hosts-dir hosts-file hostuser image-volume infra-command infra-conmon-pidfile
			init-binary init-ctr init-path io-maxbandwidth io-maxiops ip ip6 ipc ipfs-address isolation kernel-memory
			key label label-file limit-cpu limit-memory link link-local-ip log-driver log-level log-opt mac-address
			memory memory-reservation memory-swap memory-swappiness mode mount name namespace net net-alias network
			network-alias oom-score-adj os output passwd-entry personality pid pidfile pids-limit placement-pref
			platform pod pod-id-file preserve-fd preserve-fds publish pull rdt-class replicas requires reserve-cpu
			reserve-memory restart restart-condition retry retry-delay runtime sdnotify seccomp-policy secret
			security-opt shm-size shm-size-systemd signature-policy snapshotter stop-signal stop-timeout storage-opt
			subgidname subuidname sysctl systemd tag timeout tmpfs tz uidmap ulimit umask unpack unsetenv
			update-delay update-parallelism user userns userns-remap username uts variant verify volume volume-driver
			volumes-from workdir""");

	private final String shortFlags;

	private final String shortValued;

	Options(String shortFlags, String shortValued) {
		this.shortFlags = shortFlags;
		this.shortValued = shortValued;
	}

	private static Set<String> words(String text) {
		return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
	}

	/**
	 * What a command is about.
	 * @param words its words
	 * @return the words without options and their values; for a container all that
	 * follows the first of them
	 */
	Operands operands(List<String> words) {
		List<String> operands = new ArrayList<>();
		boolean doubtful = false;
		for (int at = 0; at < words.size(); at++) {
			String word = words.get(at);
			if (!isOption(word)) {
				if (this == RUN) {
					return new Operands(words.subList(at, words.size()), doubtful);
				}
				operands.add(word);
			}
			else if (takesNext(word) && at + 1 < words.size() && !isOption(words.get(at + 1))) {
				at++;
				doubtful |= operands.isEmpty() && !isKnown(word)
						&& (this == RUN || ImageWord.isReferring(PastedWord.of(words.get(at))));
			}
		}
		return new Operands(operands, doubtful);
	}

	/**
	 * Whether a word is an option.
	 * @param word any word
	 * @return whether it begins as one
	 */
	static boolean isOption(String word) {
		return word.startsWith("-");
	}

	/**
	 * It is no arrow, none of the flags, nor several in one, and has no value in itself.
	 */
	private boolean takesNext(String option) {
		if (option.endsWith(">")) {
			return false;
		}
		if (option.startsWith("--")) {
			return option.length() > 2 && option.indexOf('=') < 0 && !FLAGS.contains(option.substring(2));
		}
		int at = 1;
		while (at < option.length() && this.shortFlags.indexOf(option.charAt(at)) >= 0) {
			at++;
		}
		return at == option.length() - 1;
	}

	/**
	 * Whether the next word is its value for sure.
	 * @param option an option without its value
	 * @return whether it is known to have one
	 */
	boolean isKnown(String option) {
		return option.startsWith("--") ? VALUED.contains(option.substring(2))
				: this.shortValued.indexOf(option.charAt(option.length() - 1)) >= 0;
	}

	/**
	 * Whether words may stand beside an image's name.
	 * @param words any words
	 * @return whether all options among them are known
	 */
	static boolean areHarmless(List<String> words) {
		return words.stream()
			.filter((word) -> isOption(word) && word.length() > 1)
			.map((option) -> option.split("=", 2)[0])
			.allMatch((name) -> name.startsWith("--")
					&& (FLAGS.contains(name.substring(2)) || VALUED.contains(name.substring(2))));
	}

	/**
	 * The values of an option.
	 * @param words a command's words
	 * @param option its name
	 * @return its values, in order
	 */
	static Stream<String> values(List<String> words, String option) {
		return IntStream.range(0, words.size()).mapToObj((at) -> {
			String text = words.get(at);
			String next = (text.equals(option) && at + 1 < words.size()) ? words.get(at + 1) : "";
			return PastedWord.of(text.startsWith(option + "=") ? text.substring(option.length() + 1) : next).named();
		}).filter((value) -> !value.isEmpty());
	}

}
