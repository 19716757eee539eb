package dev.sluice.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The clients whose commands people paste, and the verbs of each behind which an image
 * stands.
 */
final class Clients {

	private static final String DOCKER = "pull,push,run,create,history,save,tag,inspect,debug,from,image pull,"
			+ "image push,image inspect,image history,image save,image tag,image mount,image tree,"
			+ "image encrypt,image decrypt,image convert,container run,container create,service create,manifest inspect,"
			+ "manifest create,manifest push,buildx imagetools inspect,scout cves,"
			+ "scout quickview,scout recommendations,scout sbom,scout compare,trust inspect,trust sign,sbom,scan,"
			+ "artifact pull,artifact inspect,artifact push,exec,container exec";

	/** Its {@code run} is about a container. */
	private static final String BUILDAH = "pull,push,from,inspect,tag,exec";

	private static final String CRANE = "manifest,digest,config,ls,pull,copy,cp,export,tag,blob,mutate,rebase,flatten,"
			+ "push,delete,optimize";

	private static final String OPENSHIFT = "new-app,tag,image info,image extract,image mirror,adm release info,exec";

	private static final String CTR_IMAGES = Stream.of("image", "images", "i")
		.flatMap((noun) -> Stream.of("pull", "push", "tag", "unpack", "usage", "convert", "mount", "inspect", "export")
			.map((verb) -> noun + " " + verb))
		.collect(Collectors.joining(","));

	private static final Map<String, Set<String>> VERBS = Map.ofEntries(of("docker", DOCKER), of("podman", DOCKER),
			of("nerdctl", DOCKER), of("finch", DOCKER), of("buildah", BUILDAH), of("crane", CRANE), of("gcrane", CRANE),
			of("crictl", "pull,inspecti,rmi"),
			of("ctr", "run,container create,containers create,c create,content fetch," + CTR_IMAGES),
			of("oras",
					"pull,push,discover,resolve,tag,cp,copy,attach,backup,manifest fetch,manifest fetch-config,"
							+ "manifest push,manifest delete,blob fetch,blob push,repo tags"),
			of("regctl",
					"image copy,image cp,image digest,image manifest,image config,image inspect,image export,"
							+ "image mod,image ratelimit,image check-base,image get-file,image delete,manifest get,"
							+ "manifest head,manifest diff,manifest put,manifest delete,tag ls,tag list,tag delete,"
							+ "artifact get,artifact list,artifact tree,artifact put,blob get,blob head"),
			of("cosign", "verify,verify-attestation,sign,attest,tree,triangulate,copy,save,clean,download sbom,"
					+ "download attestation,download signature,attach sbom,attach signature,attach attestation"),
			of("trivy", "image,i"), of("notation", "verify,sign,inspect,list,ls"), of("syft", "scan,packages,attest"),
			of("grype", ""), of("dive", ""), of("helm", ""), of("skopeo", ""), of("curl", ""), of("wget", ""),
			of("kubectl", "exec"), of("oc", OPENSHIFT), of("docker-compose", "exec"), of("podman-compose", "exec"),
			of("sluice", "explain"));

	/** How a program's path begins, and no image's name. */
	private static final Pattern PLACE = Pattern.compile("\\.{1,2}+/|~|\\$|[A-Za-z]:");

	private Clients() {
	}

	private static Map.Entry<String, Set<String>> of(String client, String verbs) {
		return Map.entry(client, Set.of(verbs.split(",")));
	}

	/**
	 * Which client a word calls, by its path or not.
	 * @param word any word
	 * @return the client's name, if it is one
	 */
	static Optional<String> called(String word) {
		return Optional.of(program(word)).filter(VERBS::containsKey);
	}

	/**
	 * Which program a word calls.
	 * @param word any word
	 * @return its name without its path; the word itself where that is no path
	 */
	static String program(String word) {
		if (word.indexOf('/') > 0 && !PLACE.matcher(word).lookingAt()) {
			return word;
		}
		String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
		return name.endsWith(".exe") ? name.substring(0, name.length() - ".exe".length()) : name;
	}

	/**
	 * Takes a command.
	 * @param client the client
	 * @param words what stands behind it
	 * @return the command, with the longest verb that stands behind the client's options
	 */
	static PastedCommand command(String client, List<String> words) {
		Set<String> verbs = VERBS.getOrDefault(client, Set.of());
		String verb = "";
		String begun = "";
		int behind = 0;
		for (int at = 0; at < words.size(); at++) {
			String word = words.get(at);
			boolean behindOption = at > 0 && Options.isOption(words.get(at - 1));
			if (behindOption && Options.ANY.isKnown(words.get(at - 1))) {
				continue;
			}
			String next = (begun + " " + word.toLowerCase(Locale.ROOT)).strip();
			if (verbs.contains(next) || verbs.stream().anyMatch((it) -> it.startsWith(next + " "))) {
				begun = next;
				verb = verbs.contains(next) ? next : verb;
				behind = verb.equals(next) ? at + 1 : behind;
			}
			else if (!Options.isOption(word) && !behindOption) {
				break;
			}
		}
		return new PastedCommand(client, verb, words.subList(behind, words.size()));
	}

}
