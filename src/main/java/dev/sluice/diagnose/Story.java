package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sluice.credential.Login;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.Digest;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.Provenance;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RequestException;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Wanted;
import dev.sluice.token.Authorization;
import dev.sluice.token.HeaderSecrets;
import dev.sluice.transport.Origin;
import dev.sluice.transport.TransportSettings;
import dev.sluice.upstream.Upstream;
import dev.sluice.upstream.UpstreamListener;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one pull as they happen. Used by one pull; its steps are told one after
 * the other, perhaps by different threads.
 */
final class Story implements UpstreamListener {

	private final String image;

	private final Wording wording;

	private final WireRecord record = new WireRecord();

	/** Told at the end: what must not be shown of an exchange may come to light later. */
	private final List<Function<List<WireExchange>, Step>> steps = new ArrayList<>();

	private int told;

	private String asking = "";

	/** As whom anything was asked, however long ago. */
	private final Set<String> asked = new HashSet<>();

	private @Nullable Upstream upstream;

	private Finding credential = Finding.NONE;

	Story(String image, Wording wording) {
		this.image = image;
		this.wording = wording;
	}

	WireRecord record() {
		return this.record;
	}

	/** What the client says: an address of Sluice's isn't part of the image. */
	synchronized void asked(Wanted wanted) {
		if (wanted.hostHeader() != null) {
			add("host", Finding.ok(wanted.hostHeader() + " is Sluice itself, the host that the client asks"));
		}
	}

	synchronized void routed(Routed routed) {
		add("registry", Finding.ok(routed.target().registry() + ": " + routed.reason()));
		add("image", Finding.ok(routed.target().repository() + ", " + routed.reference()));
	}

	synchronized void upstream(Upstream settings) {
		this.upstream = settings;
		TransportSettings transport = settings.transport();
		String endpoints = settings.endpoints().stream().map(Origin::toString).collect(Collectors.joining(", "));
		String authority = Optional.ofNullable(transport.tls().certificateAuthority())
			.map((file) -> "; trusts " + file + " beside the system's roots")
			.orElse("");
		String proxy = Optional.ofNullable(transport.proxy()).map((it) -> "; by egress proxy " + it).orElse("");
		this.record.hide(HeaderSecrets.of(transport.headers().entrySet()));
		add("endpoint", Finding.ok(endpoints + authority + proxy));
	}

	synchronized void logins(List<Login> logins) {
		String names = logins.stream().map(Login::source).collect(Collectors.joining("; then "));
		logins.forEach((login) -> this.record.hide(Authorization.NONE.secretsOf(login)));
		this.credential = Summary.credential(logins.getFirst());
		boolean nobody = logins.getFirst().isAnonymous();
		add("credential",
				nobody ? Finding.note("none is known for " + loginHost() + ": asked as nobody") : Finding.ok(names));
	}

	/** Tells as whom requests go out, whenever that changes. */
	@Override
	public synchronized void asking(RegistryName registry, Provenance from) {
		tellExchanges();
		String source = from.credential();
		if (source.equals(this.asking)) {
			return;
		}
		this.asking = source;
		this.asked.add(source);
		boolean nobody = isNobody(source);
		this.credential = nobody ? this.credential : Finding.ok(source);
		if (!nobody || !this.credential.text().equals("none")) {
			add("as", nobody ? Finding.note("nobody") : Finding.ok(source));
		}
	}

	private static boolean isNobody(String source) {
		return source.equals(Login.ANONYMOUS.source());
	}

	/** Each login is told once, when it is first asked as; the one that failed counts. */
	private void failed(Provenance from) {
		if (!this.asked.contains(from.credential())) {
			asking(Objects.requireNonNull(this.upstream).name(), from);
		}
		else if (!isNobody(from.credential())) {
			this.credential = Finding.ok(from.credential());
		}
	}

	synchronized void resolved(Pulled.Manifest manifest) {
		tellExchanges();
		add("manifest", Finding.ok(PullTrial.describe(manifest, this.record::shown)));
	}

	synchronized void pulled(@Nullable Digest blob) {
		tellExchanges();
		add("blob", (blob != null) ? Finding.ok(this.record.shown(blob.toString()) + " can be read")
				: Finding.note("the image has none"));
	}

	synchronized Explanation good() {
		Check summary = summary().check(this.image, this.credential, Finding.ok("pull"), null);
		add("result", Finding.ok("the image can be pulled"));
		return new Explanation(this.image, steps(), summary);
	}

	synchronized Explanation failed(Throwable failure) {
		tellExchanges();
		if (failure instanceof RegistryException known && this.upstream != null) {
			known.provenance().ifPresent(this::failed);
		}
		add("result", Finding.failed(this.record.words(failure)));
		Finding permission = permission(failure);
		return new Explanation(this.image, steps(),
				(this.upstream != null) ? summary().check(this.image, this.credential, permission, failure)
						: Check.failed(this.image, permission, failure));
	}

	private static Finding permission(Throwable failure) {
		return switch (failure) {
			case CredentialException.AccessDenied _ -> Finding.failed("denied");
			case CredentialException.CredentialRejected _ -> Finding.failed("rejected");
			case RequestException.NotFound _ -> Finding.failed("not found");
			case RequestException.RegistryNotListed _ -> Finding.failed("not listed");
			case RequestException.Malformed _ -> Finding.failed("no image");
			case OverloadException.TooManyRequests _ -> Finding.failed("too many pulls");
			default -> Finding.NONE;
		};
	}

	private Summary summary() {
		return Summary.of(Objects.requireNonNull(this.upstream), this.record, this.wording);
	}

	private String loginHost() {
		return (this.upstream != null) ? this.upstream.loginHost().toString() : "it";
	}

	private void tellExchanges() {
		int size = this.record.size();
		IntStream.range(this.told, size).forEach((at) -> this.steps.add((exchanges) -> step(exchanges.get(at))));
		this.told = size;
	}

	private static String name(WireExchange.Place place) {
		return switch (place) {
			case REGISTRY -> "request";
			case TOKEN_SERVER -> "token";
			case REDIRECT -> "redirect";
		};
	}

	private List<Step> steps() {
		List<WireExchange> exchanges = this.record.exchanges();
		return this.steps.stream().map((step) -> step.apply(exchanges)).toList();
	}

	private static Step step(WireExchange exchange) {
		return Step.of(name(exchange.place()), Wording.exchange(exchange));
	}

	private void add(String name, Finding finding) {
		Step step = Step.of(name, finding);
		this.steps.add((_) -> step);
	}

}
