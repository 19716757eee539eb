package dev.sluice.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.sluice.credential.SourceState;
import dev.sluice.diagnose.Check;
import dev.sluice.diagnose.Checkup;
import dev.sluice.diagnose.Diagnosis;
import dev.sluice.diagnose.Explanation;
import dev.sluice.diagnose.TracedClients;
import dev.sluice.oci.RegistryName;
import dev.sluice.route.Router;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Transport;
import dev.sluice.wiring.UpstreamClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What {@code doctor} and {@code explain} make of a failure that nobody foresaw: it is
 * one upstream's, in words, and hides no other.
 */
class DiagnosedFaultTests {

	private static final RegistryName BROKEN = RegistryName.parse("broken.example.test");

	private static final RegistryName SOUND = RegistryName.parse("sound.example.test");

	private static final String SECRET = "pa55word-s3cret";

	private TestRegistry registry;

	private RunningSluice sluice;

	@BeforeEach
	void startWithTwoUpstreams() {
		this.registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
		this.sluice = RunningSluice.start("sluice.upstreams[0].name=" + BROKEN,
				"sluice.upstreams[0].endpoints=" + this.registry.url(), "sluice.upstreams[1].name=" + SOUND,
				"sluice.upstreams[1].endpoints=" + this.registry.url());
	}

	@AfterEach
	void stop() {
		this.sluice.close();
		this.registry.close();
	}

	@Test
	void anAnswerThatBreaksTheDoctorIsThatUpstreamsFailureAlone() {
		Checkup checkup = examined(diagnosis(failingAt(BROKEN, DiagnosedFaultTests::mistake)));
		assertThat(checkup.checks()).extracting(Check::subject, Check::isGood)
			.containsExactly(tuple(BROKEN.toString(), false), tuple(SOUND.toString(), true));
		assertThat(problem(checkup)).contains("Sluice itself failed", "report", "DateTimeException",
				"DiagnosedFaultTests line ");
		assertThat(problem(checkup)).doesNotContain(SECRET, "\n", "\tat ");
	}

	@Test
	void aClientThatCannotBeMadeIsThatUpstreamsFailureAlone() {
		TracedClients clients = traced();
		Checkup checkup = examined(diagnosis((name, tracing, listener) -> name.equals(BROKEN) ? Mono.error(mistake())
				: clients.open(name, tracing, listener)));
		assertThat(checkup.checks()).extracting(Check::isGood).containsExactly(false, true);
		assertThat(problem(checkup)).contains("Sluice itself failed").doesNotContain(SECRET);
	}

	@Test
	void aSourceThatCannotTellHowItIsIsAProblemAndNoEnd() {
		Checkup checkup = examined(Diagnosis.of(this.sluice.bean(Router.class), traced(), () -> {
			throw mistake();
		}, Clock.systemUTC()));
		assertThat(checkup.checks()).extracting(Check::isGood).containsExactly(true, true);
		assertThat(checkup.problems()).singleElement().asString().contains("Sluice itself failed");
	}

	@Test
	void whatBreaksAnExplanationIsItsLastStep() {
		Explanation explanation = explained(diagnosis(failingAt(BROKEN, DiagnosedFaultTests::mistake)));
		assertThat(explanation.isGood()).isFalse();
		assertThat(explanation.steps().getLast().text()).contains("Sluice itself failed", "DateTimeException")
			.doesNotContain(SECRET);
		assertThat(explanation.steps()).anySatisfy((step) -> assertThat(step.text())
			.contains("HEAD " + this.registry.url() + "/v2/acme/app/manifests/1: Sluice itself failed"));
	}

	private Checkup examined(Diagnosis diagnosis) {
		return diagnosis.doctor().examine(List.of(BROKEN, SOUND), List.of()).blockOptional().orElseThrow();
	}

	private static Explanation explained(Diagnosis diagnosis) {
		return diagnosis.explainer().explain(BROKEN + "/acme/app:1").blockOptional().orElseThrow();
	}

	private static String problem(Checkup checkup) {
		return checkup.checks().getFirst().problem().orElseThrow();
	}

	private Diagnosis diagnosis(TracedClients clients) {
		Supplier<List<SourceState>> noSources = List::of;
		return Diagnosis.of(this.sluice.bean(Router.class), clients, noSources, Clock.systemUTC());
	}

	private TracedClients traced() {
		UpstreamClients clients = this.sluice.bean(UpstreamClients.class);
		return (name, tracing, listener) -> Mono.fromCallable(() -> clients.openTraced(name, tracing, listener));
	}

	private TracedClients failingAt(RegistryName broken, Supplier<RuntimeException> failure) {
		TracedClients clients = traced();
		return (name, tracing, listener) -> clients.open(name,
				name.equals(broken) ? (transport) -> tracing.apply(failing(transport, failure)) : tracing, listener);
	}

	/** What an arithmetic of ours makes of odd numbers in an answer. */
	private static RuntimeException mistake() {
		return new DateTimeException("Instant exceeds minimum or maximum instant of " + SECRET);
	}

	private static Transport failing(Transport transport, Supplier<RuntimeException> failure) {
		UnaryOperator<Mono<Answer>> broken = (sent) -> sent.doOnNext(Answer::release).flatMap((_) -> {
			throw failure.get();
		});
		return new Transport() {

			@Override
			public Mono<Answer> send(OutboundRequest request) {
				return broken.apply(transport.send(request));
			}

			@Override
			public Mono<Answer> sendTo(OutboundRequest request, Referrer from) {
				return broken.apply(transport.sendTo(request, from));
			}

		};
	}

}
