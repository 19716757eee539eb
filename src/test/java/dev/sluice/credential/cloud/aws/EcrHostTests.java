package dev.sluice.credential.cloud.aws;

import dev.sluice.oci.RegistryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which names are private ECR registries, and where passwords for them are asked for.
 */
class EcrHostTests {

	@ParameterizedTest
	@CsvSource({ "123456789012.dkr.ecr.eu-west-1.amazonaws.com, eu-west-1, https://api.ecr.eu-west-1.amazonaws.com/",
			"123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com, us-gov-west-1, https://ecr-fips.us-gov-west-1.amazonaws.com/",
			"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1, https://api.ecr.cn-north-1.amazonaws.com.cn/",
			"123456789012.dkr-ecr.us-west-2.on.aws, us-west-2, https://ecr.us-west-2.api.aws/",
			"123456789012.dkr-ecr-fips.us-west-2.on.aws, us-west-2, https://ecr-fips.us-west-2.api.aws/",
			"123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn, cn-north-1, https://ecr.cn-north-1.api.amazonwebservices.com.cn/",
			"123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, eusc-de-east-1, https://api.ecr.eusc-de-east-1.amazonaws.eu/",
			"123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov, us-iso-east-1, https://api.ecr.us-iso-east-1.c2s.ic.gov/",
			"123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov, us-isob-east-1, https://api.ecr.us-isob-east-1.sc2s.sgov.gov/",
			"123456789012.dkr.ecr.eu-west-1.amazonaws.com:443, eu-west-1, https://api.ecr.eu-west-1.amazonaws.com/" })
	void tellsRegionAndEndpoint(String name, String region, String endpoint) {
		assertThat(EcrHost.parse(RegistryName.parse(name))).hasValueSatisfying((host) -> {
			assertThat(host.account()).isEqualTo("123456789012");
			assertThat(host.region()).isEqualTo(region);
			assertThat(host.endpoint()).hasToString(endpoint);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "123456789.dkr.ecr.eu-west-1.amazonaws.com", "public.ecr.aws",
			"123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example",
			"evil.example-123456789012.dkr.ecr.eu-west-1.amazonaws.com",
			"123456789012.dkr.ecr.eu-west-1.amazonaws.com:5000", "123456789012.dkr.ecr.evil.example.amazonaws.com",
			"123456789012.dkr.ecr.eu-west-1.amazonaws.org" })
	void isNoneOfAnyOtherName(String name) {
		assertThat(EcrHost.parse(RegistryName.parse(name))).isEmpty();
	}

	@Test
	void isWrittenInAnyCase() {
		assertThat(EcrHost.parse(RegistryName.parse("123456789012.DKR.ECR.EU-WEST-1.amazonaws.com"))).isPresent();
	}

}
