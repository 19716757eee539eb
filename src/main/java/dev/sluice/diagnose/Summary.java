package dev.sluice.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.sluice.credential.Login;
import dev.sluice.diagnose.WireExchange.Outcome;
import dev.sluice.diagnose.WireExchange.Place;
import dev.sluice.oci.CredentialException.CredentialRejected;
import dev.sluice.oci.CredentialException.CredentialUnavailable;
import dev.sluice.oci.CredentialException.IdentityUnavailable;
import dev.sluice.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what was seen of one upstream as one login.
 *
 * @param upstream the upstream
 * @param exchanges what was on the wire
 * @param words how failures are put
 * @param wording how all else is put
 */
record Summary(Upstream upstream, List<WireExchange> exchanges, Function<Throwable, String> words, Wording wording) {

	static Summary of(Upstream upstream, WireRecord record, Wording wording) {
		return new Summary(upstream, record.exchanges(), record::words, wording);
	}

	/**
	 * What was found.
	 * @param subject the registry's or the image's name
	 * @param credential as whom
	 * @param permission what we may do
	 * @param failure what went wrong, if it is a fault
	 * @return the check
	 */
	Check check(String subject, Finding credential, Finding permission, @Nullable Throwable failure) {
		Optional<String> problem = Optional.ofNullable(failure).map(this.words);
		Finding who = (failure instanceof CredentialRejected || failure instanceof CredentialUnavailable
				|| failure instanceof IdentityUnavailable) ? Finding.failed(credential.text()) : credential;
		return new Check(subject, reachable(), tls(), who, challenge(), token(), permission, quota(), problem);
	}

	/**
	 * As whom we ask.
	 * @param login the login
	 * @return its source in words
	 */
	static Finding credential(Login login) {
		return login.isAnonymous() ? Finding.note("none") : Finding.ok(login.source());
	}

	private Finding reachable() {
		return first(Place.REGISTRY,
				(exchange) -> exchange.isAnswered() ? Finding.ok(Wording.time(exchange.took())) : Finding.failed("no"))
			.orElse(Finding.NONE);
	}

	private Finding tls() {
		boolean unverified = this.upstream.transport().tls().skipVerify();
		return first(Place.REGISTRY,
				(exchange) -> (exchange.outcome() instanceof Outcome.Answered answered)
						? this.wording.tls(exchange.url(), answered.tls(), unverified) : Finding.NONE)
			.orElse(Finding.NONE);
	}

	private Finding challenge() {
		boolean answered = this.exchanges.stream().anyMatch(WireExchange::isAnswered);
		return answers(Place.REGISTRY).filter((answer) -> !answer.challenges().isEmpty())
			.findFirst()
			.map((answer) -> Finding.ok(Wording.shortly(answer.challenges())))
			.orElse(answered ? Finding.ok("none") : Finding.NONE);
	}

	private Finding token() {
		return this.exchanges.stream()
			.filter((exchange) -> exchange.place() == Place.TOKEN_SERVER)
			.reduce((earlier, later) -> later)
			.map(Summary::token)
			.orElse(Finding.NONE);
	}

	private static Finding token(WireExchange exchange) {
		return switch (exchange.outcome()) {
			case Outcome.Answered answered when answered.status() < 300 ->
				Finding.ok("in " + Wording.time(exchange.took()));
			case Outcome.Answered answered -> Finding.note("refused: " + answered.status());
			case Outcome.Failed _ -> Finding.failed("no answer");
		};
	}

	private Finding quota() {
		return this.exchanges.stream()
			.flatMap((exchange) -> (exchange.outcome() instanceof Outcome.Answered answered) ? answered.quota().stream()
					: Stream.empty())
			.reduce((earlier, later) -> later)
			.map(Wording::quota)
			.orElse(Finding.NONE);
	}

	private Optional<Finding> first(Place place, Function<WireExchange, Finding> reading) {
		return this.exchanges.stream().filter((exchange) -> exchange.place() == place).findFirst().map(reading);
	}

	private Stream<Outcome.Answered> answers(Place place) {
		return this.exchanges.stream()
			.filter((exchange) -> exchange.place() == place)
			.map(WireExchange::outcome)
			.filter(Outcome.Answered.class::isInstance)
			.map(Outcome.Answered.class::cast);
	}

}
