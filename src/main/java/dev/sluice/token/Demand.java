package dev.sluice.token;

import java.util.Optional;

import dev.sluice.transport.Origin;
import dev.sluice.transport.Transport.Referrer;
import dev.sluice.transport.Url;
import org.jspecify.annotations.Nullable;

/**
 * What a registry's challenge wants to see, as far as Sluice can give it. Immutable.
 */
sealed interface Demand {

	/**
	 * What the registry would want for something else.
	 * @param action what it was for
	 * @param other something that was never asked for
	 * @return the demand; empty if that can't be derived
	 */
	Optional<Demand> inferredFor(ResourceAction action, ResourceAction other);

	/** Nothing: an anonymous request is answered, or gets as much as any login. */
	record Nothing() implements Demand {

		@Override
		public Optional<Demand> inferredFor(ResourceAction action, ResourceAction other) {
			return Optional.empty();
		}

	}

	/** A user name and a password. */
	record Basic() implements Demand {

		@Override
		public Optional<Demand> inferredFor(ResourceAction action, ResourceAction other) {
			return Optional.<Demand>of(this).filter((_) -> action.endpoint().equals(other.endpoint()));
		}

	}

	/**
	 * A token from a token server.
	 *
	 * @param realm where tokens are issued, absolute
	 * @param service the registry's name there, or null
	 * @param scope what for
	 * @param from who named the realm
	 * @param repeated what of ours stands in it, for a token server may say it again
	 */
	record Bearer(Url realm, @Nullable String service, Scope scope, Referrer from,
			SentSecrets repeated) implements Demand {

		/**
		 * Reads a Bearer challenge.
		 * @param challenge the challenge
		 * @param from who answered with it; a relative realm is resolved against it
		 * @param sent what was sent to get it
		 * @return the demand, or empty if its realm is missing or can't be asked, be it
		 * that its host's name repeats what was sent: every message would name it
		 */
		static Optional<Bearer> of(Challenge challenge, Referrer from, SentSecrets sent) {
			String service = challenge.parameter("service").filter((text) -> !text.isBlank()).orElse(null);
			Scope scope = new Scope(challenge.parameter("scope").orElse("").strip());
			return challenge.parameter("realm")
				.filter((realm) -> !realm.isBlank())
				.flatMap((realm) -> resolve(realm.strip(), from.origin()))
				.filter((realm) -> realm.origin().equals(from.origin()) || !sent.areInHeader(realm.origin().host()))
				.map((realm) -> new Bearer(realm, service, scope, from,
						sent.in(String.join(" ", realm.target(), (service != null) ? service : "", scope.value()))));
		}

		/**
		 * The same for this scope, if it names none.
		 * @param scope the scope of what is done
		 * @return a demand with a scope
		 */
		Bearer orScope(Scope scope) {
			return this.scope.value().isEmpty() ? with(scope) : this;
		}

		/**
		 * The same for another scope.
		 * @param other the scope
		 * @return the demand
		 */
		Bearer with(Scope other) {
			return new Bearer(this.realm, this.service, other, this.from, this.repeated);
		}

		/** The same with the other repository in place of the first one in its scope. */
		@Override
		public Optional<Demand> inferredFor(ResourceAction action, ResourceAction other) {
			boolean alike = action.endpoint().equals(other.endpoint()) && action.operation() == other.operation();
			return this.scope.inferredFor(action.repository(), other.repository()).filter((_) -> alike).map(this::with);
		}

		/** How many characters it keeps in memory. */
		int length() {
			return this.realm.target().length() + this.scope.value().length()
					+ ((this.service != null) ? this.service.length() : 0)
					+ this.repeated.texts().stream().mapToInt(String::length).sum();
		}

		/** Words that are no URL ("Artifactory Realm") are never made into one. */
		private static Optional<Url> resolve(String realm, Origin origin) {
			if (realm.indexOf(' ') >= 0 && !realm.contains("://")) {
				return Optional.empty();
			}
			try {
				return Optional.of(origin.resolve("/").resolve(realm));
			}
			catch (IllegalArgumentException ex) {
				return Optional.empty();
			}
		}

		@Override
		public String toString() {
			return "Bearer[" + this.realm + ", " + this.scope + "]";
		}

	}

}
