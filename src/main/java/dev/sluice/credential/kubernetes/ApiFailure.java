package dev.sluice.credential.kubernetes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.Printable;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * Says why the Kubernetes API doesn't give what was asked for. Only what the API server
 * itself says about a refusal is quoted: another exception's message may hold a secret
 * that couldn't be read.
 */
final class ApiFailure {

	private static final Pattern VERB = Pattern.compile("User \"([^\"]{0,500}+)\" cannot ([a-z]{1,20}+) resource");

	private static final int SAID_LIMIT = 4096;

	private ApiFailure() {
	}

	/**
	 * Puts it in words.
	 * @param kind what was asked for, in the plural, as RBAC calls it
	 * @param namespace where
	 * @param server the API server's URL
	 * @param failure what the client threw
	 * @return a sentence
	 */
	static String words(String kind, String namespace, String server, Throwable failure) {
		KubernetesClientException answer = answer(failure);
		int code = (answer != null) ? answer.getCode() : 0;
		return switch (code) {
			case 0 -> "the API server " + server + " can't be asked for " + kind + " in namespace " + namespace + " ("
					+ root(failure).getClass().getSimpleName() + ")";
			case 401 -> "the API server " + server + " doesn't accept Sluice's own token (401)";
			case 403 -> forbidden(kind, namespace, said(answer));
			default -> "the API server " + server + " refuses to give " + kind + " in namespace " + namespace + " ("
					+ code + "): " + Printable.of(said(answer));
		};
	}

	private static String forbidden(String kind, String namespace, String said) {
		Matcher verb = VERB.matcher(said);
		boolean known = verb.find();
		return "RBAC doesn't let " + (known ? Printable.of(verb.group(1)) : "Sluice's service account") + " "
				+ (known ? verb.group(2) : "list or watch") + " " + kind + " in namespace " + namespace
				+ " (403): grant the verbs get, list and watch on " + kind
				+ " by a Role in that namespace, and a RoleBinding to it";
	}

	private static String said(@Nullable KubernetesClientException answer) {
		Status status = (answer != null) ? answer.getStatus() : null;
		String message = (status != null && status.getMessage() != null) ? status.getMessage() : "";
		return message.substring(0, Math.min(message.length(), SAID_LIMIT));
	}

	private static @Nullable KubernetesClientException answer(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof KubernetesClientException answer && answer.getCode() > 0) {
				return answer;
			}
		}
		return null;
	}

	private static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

}
