package dev.sluice.diagnose;

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
	 * Whether words are a verb of a client's.
	 * @param client the client
	 * @param verb the words, with blanks between
	 * @return whether an image stands behind them
	 */
	static boolean isVerb(String client, String verb) {
		return VERBS.getOrDefault(client, Set.of()).contains(verb);
	}

	/**
	 * Whether words begin a verb of a client's.
	 * @param client the client
	 * @param words the words, with blanks between
	 * @return whether a verb begins so, or is so
	 */
	static boolean beginsVerb(String client, String words) {
		return VERBS.getOrDefault(client, Set.of())
			.stream()
			.anyMatch((verb) -> verb.equals(words) || verb.startsWith(words + " "));
	}

}
