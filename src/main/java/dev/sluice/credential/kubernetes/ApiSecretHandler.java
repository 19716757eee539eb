package dev.sluice.credential.kubernetes;

import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes over secrets of the types that can hold logins. Of others, and of keys that hold
 * none, nothing is kept. Thread-safe.
 */
final class ApiSecretHandler implements ResourceEventHandler<Secret> {

	private static final Set<String> TYPES = Set.of("kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg",
			"kubernetes.io/basic-auth", "Opaque");

	private final String watch;

	private final HeldSecrets held;

	private boolean closed;

	private @Nullable Set<String> listed;

	/**
	 * A handler of one watch.
	 * @param watch tells its secrets from another watch's
	 * @param held where they are taken to
	 */
	ApiSecretHandler(String watch, HeldSecrets held) {
		this.watch = watch;
		this.held = held;
	}

	@Override
	public synchronized void onBeforeList(@Nullable String version) {
		this.listed = (version == null) ? new HashSet<>() : null;
	}

	/** A watch that begins anew doesn't tell what is gone since. */
	@Override
	public synchronized void onList(String version, boolean empty) {
		Set<String> seen = this.listed;
		if (seen != null) {
			own().filter((id) -> !seen.contains(id)).toList().forEach(this.held::remove);
		}
		this.listed = null;
	}

	@Override
	public synchronized void onAdd(Secret secret) {
		if (this.listed != null) {
			this.listed.add(id(secret));
		}
		if (TYPES.contains(secret.getType())) {
			take(secret);
		}
		else {
			SecretLog.ignored(source(secret), String.valueOf(secret.getType()));
		}
	}

	@Override
	public void onUpdate(Secret before, Secret secret) {
		if (TYPES.contains(secret.getType())) {
			take(secret);
		}
	}

	@Override
	public synchronized void onDelete(Secret secret, boolean unseen) {
		this.held.remove(id(secret));
	}

	private synchronized void take(Secret secret) {
		if (this.closed) {
			return;
		}
		try {
			this.held.take(id(secret), new SecretContent(source(secret), secret.getMetadata().getName(), data(secret)));
		}
		catch (IllegalArgumentException ex) {
			this.held.keep(id(secret), source(secret), "it holds what is no base64");
		}
	}

	/** Drops what it has taken over, and takes nothing more. */
	synchronized void close() {
		this.closed = true;
		own().toList().forEach(this.held::remove);
	}

	private Stream<String> own() {
		return this.held.ids().stream().filter((id) -> id.startsWith(this.watch + " "));
	}

	private static Map<String, byte[]> data(Secret secret) {
		Map<String, byte[]> data = new HashMap<>();
		Map<String, String> given = secret.getData();
		if (given != null) {
			SecretContent.KEYS.stream()
				.filter(given::containsKey)
				.forEach((key) -> data.put(key, Base64.getDecoder().decode(given.get(key))));
		}
		return data;
	}

	/**
	 * A secret that was deleted and made again is another one, whichever is told first.
	 */
	private String id(Secret secret) {
		return this.watch + " " + secret.getMetadata().getName() + " " + secret.getMetadata().getUid();
	}

	private static String source(Secret secret) {
		return "kubernetes secret " + secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
	}

}
