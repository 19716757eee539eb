package dev.sluice.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who a token server knows, by password or refresh token, and what each may pull. A
 * repository is given exactly, as {@code prefix/*}, or as {@code *}. Thread-safe.
 */
final class TokenAccounts {

	private final Map<String, Account> users = new ConcurrentHashMap<>();

	private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();

	private volatile Account anonymous = new Account("", Set.of(), List.of());

	void add(String name, Set<String> passwords, List<String> repositories) {
		this.users.put(name, new Account(name, passwords, repositories));
	}

	void addRefreshToken(String token, String user) {
		this.refreshTokens.put(token, user);
	}

	void anonymousMayPull(List<String> repositories) {
		this.anonymous = new Account("", Set.of(), repositories);
	}

	Account anonymous() {
		return this.anonymous;
	}

	Optional<Account> byPassword(String name, String password) {
		return Optional.ofNullable(this.users.get(name)).filter((account) -> account.passwords().contains(password));
	}

	Optional<Account> byRefreshToken(String token) {
		return Optional.ofNullable(this.refreshTokens.get(token)).map(this.users::get);
	}

	Optional<Account> byBasic(String authorization) {
		if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
			return Optional.empty();
		}
		try {
			byte[] pair = Base64.getDecoder().decode(authorization.substring(6).trim());
			String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
			return (parts.length == 2) ? byPassword(parts[0], parts[1]) : Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Someone with a password.
	 *
	 * @param name the user name, empty for anonymous
	 * @param passwords the passwords, of which some may come and go
	 * @param repositories what may be pulled
	 */
	record Account(String name, Set<String> passwords, List<String> repositories) {

		/** Those of the rights asked for that this account has. */
		Set<String> granted(List<String> scopes) {
			return scopes.stream().flatMap(this::rights).collect(Collectors.toUnmodifiableSet());
		}

		private Stream<String> rights(String scope) {
			int first = scope.indexOf(':');
			int last = scope.lastIndexOf(':');
			if (first < 0 || first == last) {
				return Stream.empty();
			}
			String type = scope.substring(0, first);
			String name = scope.substring(first + 1, last);
			return Stream.of(scope.substring(last + 1).split(","))
				.filter((action) -> may(type, name, action))
				.map((action) -> type + ":" + name + ":" + action);
		}

		private boolean may(String type, String name, String action) {
			if (type.equals("registry")) {
				return !this.name.isEmpty();
			}
			return type.equals("repository") && action.equals("pull")
					&& this.repositories.stream().anyMatch((pattern) -> matches(pattern, name));
		}

		private static boolean matches(String pattern, String name) {
			return pattern.endsWith("*") ? name.startsWith(pattern.substring(0, pattern.length() - 1))
					: pattern.equals(name);
		}

		@Override
		public String toString() {
			return "Account[" + this.name + "]";
		}

	}

}
