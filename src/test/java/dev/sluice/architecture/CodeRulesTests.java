package dev.sluice.architecture;

import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

/**
 * House rules for what stands inside a class: names, state, blocking, printing.
 */
class CodeRulesTests {

	private static final Set<String> EMPTY_PACKAGE_NAMES = Set.of("util", "utils", "common", "helper", "helpers");

	private static final String EMPTY_CLASS_NAME = ".*(Utils?|Common|Helpers?|Manager|Impl)";

	private static final String CREDENTIAL_HELPER_PACKAGE = HousePlan.ROOT + ".credential.helper";

	@Test
	void namesSayWhatAThingIs() {
		check(noClasses().that()
			.resideOutsideOfPackage(CREDENTIAL_HELPER_PACKAGE)
			.should(be(describe("in a package named " + EMPTY_PACKAGE_NAMES,
					(JavaClass type) -> Stream.of(type.getPackageName().split("\\."))
						.anyMatch(EMPTY_PACKAGE_NAMES::contains))))
			.orShould()
			.haveNameMatching(EMPTY_CLASS_NAME));
	}

	@Test
	void managersAndImplsAreNotWelcomeInTheCredentialHelperPackageEither() {
		check(noClasses().should().haveNameMatching(".*(Utils?|Common|Manager|Impl)"));
	}

	@Test
	void staticFieldsAreFinal() {
		check(fields().that().areStatic().should().beFinal());
	}

	@Test
	void staticFieldsHoldNoMutableState() {
		check(noFields().that().areStatic().should().haveRawType(mutable()));
	}

	/** A command on the command line waits for its result on the main thread. */
	@Test
	void nothingBlocksOnAReactivePipeline() {
		check(noClasses().that()
			.resideOutsideOfPackage(HousePlan.packagesOf("cli"))
			.should()
			.callMethodWhere(blocksAReactivePipeline()));
	}

	@Test
	void nothingLogsThroughJavaUtilLogging() {
		check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging"));
	}

	@Test
	void onlyTheCommandLinePrints() {
		check(noClasses().that().resideOutsideOfPackage(HousePlan.packagesOf("cli")).should(ACCESS_STANDARD_STREAMS));
	}

	@Test
	void everyPackageIsNullMarked() {
		check(classes().should(be(describe("in a package whose package-info is @NullMarked",
				(JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class)))));
	}

	private static DescribedPredicate<JavaClass> mutable() {
		return describe("a cache, a concurrent map or an atomic", (type) -> type.isAssignableTo(ConcurrentMap.class)
				|| type.isAssignableTo(Cache.class) || type.isAssignableTo(AsyncCache.class) || isAtomic(type));
	}

	private static boolean isAtomic(JavaClass type) {
		return type.getPackageName().equals("java.util.concurrent.atomic")
				&& !type.getSimpleName().endsWith("FieldUpdater");
	}

	private static DescribedPredicate<JavaCall<?>> blocksAReactivePipeline() {
		Set<String> blocking = Set.of("block", "blockOptional", "blockFirst", "blockLast", "toIterable", "toStream");
		return describe("block a reactive pipeline",
				(call) -> call.getTargetOwner().getPackageName().equals("reactor.core.publisher")
						&& blocking.contains(call.getTarget().getName()));
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(HousePlan.MAIN_CLASSES);
	}

}
