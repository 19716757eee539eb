package dev.sluice.testing.registries;

import java.util.Optional;

import dev.sluice.testing.Answer;
import dev.sluice.testing.BlobHost;

/**
 * How one registry behaves at its API: whom it lets in, how it challenges, where its
 * blobs are. Without state.
 */
public interface Personality {

	/** Its name in tables. */
	String name();

	/** The host by which clients name it. */
	String host();

	/** The key under which Docker keeps its login. */
	default String credentialKey() {
		return host();
	}

	/** A repository that anybody may pull; empty where there are none. */
	default String publicRepository() {
		return "acme/public";
	}

	/** A repository that takes a login; empty where there are none. */
	default String privateRepository() {
		return "acme/private";
	}

	/** What people keep for it in this form. */
	Offer offer(Form form);

	/** The credential helper that keeps its login, without {@code docker-credential-}. */
	String helper();

	/** What that helper gives. */
	default Form helperForm() {
		return Form.LOGIN;
	}

	/** What that helper keeps. */
	default Offer helperOffer() {
		return offer(helperForm());
	}

	/** Whether only a private authority knows its certificate. */
	default boolean isPrivatelyCertified() {
		return false;
	}

	/** What it says of a login in this condition, if it says anything. */
	default String words(Condition condition) {
		return "";
	}

	/** What it makes of a login. */
	default Standing standing(String username, String secret) {
		for (Form form : new Form[] { Form.LOGIN, Form.IDENTITY_TOKEN }) {
			if (offer(form) instanceof Offer.Kept kept && kept.username().equals(username)
					&& kept.standing(secret) != Standing.WRONG) {
				return kept.standing(secret);
			}
		}
		return Standing.WRONG;
	}

	/** The scope that a request wants. */
	default String scope(String repository, boolean tags) {
		return "repository:" + repository + ":pull";
	}

	/** Its refusal, or nothing if the visitor may pass. */
	Optional<Answer> refusal(Visit visit);

	/** The {@code WWW-Authenticate} of a 401. */
	String challenge(Visit visit);

	/** The 401. */
	default Answer unauthorized(Visit visit) {
		return Answer.error(401, "UNAUTHORIZED", "authentication required").with("WWW-Authenticate", challenge(visit));
	}

	/** Where its blobs are: it answers by a redirect there, or gives them itself. */
	default Optional<Redirect> blobRedirect() {
		return Optional.empty();
	}

	/** The answer to whoever may pass, as it leaves the registry. */
	default Answer finish(Visit visit, Answer answer) {
		return answer;
	}

	/**
	 * A redirect to an object store.
	 *
	 * @param status 302 or 307
	 * @param store whose words the store refuses with
	 */
	record Redirect(int status, BlobHost.Store store) {
	}

}
