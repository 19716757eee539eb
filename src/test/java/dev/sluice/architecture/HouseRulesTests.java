package dev.sluice.architecture;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.ssl.pem.PemContent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Holds the code to the table of rooms in {@code docs/ARCHITECTURE.md}. A room that isn't
 * built yet passes.
 */
class HouseRulesTests {

	@Test
	void everyClassLivesInARoomOfThePlan() {
		check(classes().should(
				be(describe("in a room of docs/ARCHITECTURE.md", (JavaClass type) -> HousePlan.roomOf(type).isEmpty()
						|| HousePlan.ARROWS.containsKey(HousePlan.roomOf(type))))));
	}

	@ParameterizedTest
	@MethodSource("rooms")
	void roomUsesOnlyTheRoomsThePlanGivesIt(String room) {
		var allowed = HousePlan.ARROWS.getOrDefault(room, Set.of());
		check(classes().that(liveIn(room))
			.should()
			.onlyDependOnClassesThat(
					describe("belong to " + allowed + " or to nobody in the house", (type) -> !ofTheHouse(type)
							|| HousePlan.roomOf(type).equals(room) || allowed.contains(HousePlan.roomOf(type)))));
	}

	@Test
	void roomsHaveNoCycles() {
		check(slices().matching(HousePlan.ROOT + ".(*)..").should().beFreeOfCycles());
	}

	@Test
	void packagesHaveNoCycles() {
		check(slices().matching("(**)").should().beFreeOfCycles());
	}

	@Test
	void ociUsesTheJdkAlone() {
		check(classes().that(liveIn("oci"))
			.should()
			.onlyDependOnClassesThat(
					resideInAnyPackage("java..", HousePlan.packagesOf("oci"), NullMarked.class.getPackageName())));
	}

	@Test
	void cloudSdksStayInCredentialCloud() {
		check(noClasses().that(not(liveIn("credential.cloud")).and(not(resideInAPackage("dev.sluice.store.s3.."))))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("software.amazon.awssdk..", "com.google.auth..", "com.azure.."));
	}

	@Test
	void kubernetesClientStaysInCredentialKubernetes() {
		check(noClasses().that(not(resideInAPackage("dev.sluice.credential.kubernetes..")))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.fabric8.."));
	}

	@Test
	void s3SdkStaysInStoreS3() {
		check(noClasses().that(not(resideInAPackage("dev.sluice.store.s3..")))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("software.amazon.awssdk.services.s3.."));
	}

	@Test
	void storeS3UsesNoSdkButThatOfAws() {
		check(noClasses().that(resideInAPackage("dev.sluice.store.s3.."))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.google.auth..", "com.azure.."));
	}

	@Test
	void micrometerStaysInObserveAndTheWiring() {
		check(noClasses().that(not(liveInAny("observe", "wiring")))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer.."));
	}

	@Test
	void springStaysAtTheEdges() {
		check(noClasses()
			.that(not(liveInAny("web", "observe", "console", "cli", "access", "transport", "settings", "settings.file",
					"settings.check", "wiring", "")))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.."));
	}

	@Test
	void statusesAndHeadersAreNoConcernOfPull() {
		check(noClasses().that(liveIn("pull"))
			.should()
			.dependOnClassesThat()
			.belongToAnyOf(HttpHeaderNames.class, HttpHeaders.class, HttpResponseStatus.class));
	}

	@Test
	void accessUsesOfSpringOnlyItsSecurity() {
		check(noClasses().that(liveIn("access"))
			.should()
			.dependOnClassesThat(resideInAPackage("org.springframework..")
				.and(not(resideInAPackage("org.springframework.security..")))));
	}

	@Test
	void transportUsesOfSpringOnlyItsReaderOfPem() {
		check(noClasses().that(liveIn("transport"))
			.should()
			.dependOnClassesThat(resideInAPackage("org.springframework..").and(not(belongToAnyOf(PemContent.class)))));
	}

	private static Stream<String> rooms() {
		return HousePlan.ARROWS.keySet().stream();
	}

	private static boolean ofTheHouse(JavaClass type) {
		return type.getPackageName().equals(HousePlan.ROOT) || type.getPackageName().startsWith(HousePlan.ROOT + ".");
	}

	private static DescribedPredicate<JavaClass> liveIn(String room) {
		return liveInAny(room);
	}

	private static DescribedPredicate<JavaClass> liveInAny(String... rooms) {
		var wanted = List.of(rooms);
		return describe("live in " + wanted, (type) -> ofTheHouse(type) && wanted.contains(HousePlan.roomOf(type)));
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(HousePlan.MAIN_CLASSES);
	}

}
