package dev.sluice.transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far away a host is, by the way it is written.
 */
class HostReachTests {

	@ParameterizedTest
	@CsvSource({ "registry.example, PUBLIC", "8.8.8.8, PUBLIC", "203.0.113.1, FORBIDDEN", "198.18.0.1, FORBIDDEN",
			"172.15.255.255, PUBLIC", "172.32.0.1, PUBLIC", "100.63.255.255, PUBLIC", "100.128.0.1, PUBLIC",
			"[2606:4700::1], PUBLIC", "[64:ff9b::808:808], PUBLIC", "[2002:808:808::1], FORBIDDEN",
			"[::ffff:8.8.8.8], PUBLIC", "10.0.0.1, PRIVATE", "172.16.0.1, PRIVATE", "172.31.255.255, PRIVATE",
			"192.168.1.1, PRIVATE", "100.64.0.1, PRIVATE", "[fd12::1], PRIVATE", "[fc00::1], PRIVATE",
			"[::ffff:10.0.0.1], PRIVATE", "[64:ff9b::a00:1], PRIVATE", "[2002:a00:1::], FORBIDDEN", "10.1, PRIVATE",
			"0xa000001, PRIVATE", "127.0.0.1, LOOPBACK", "127.1.2.3, LOOPBACK", "127.1, LOOPBACK", "0x7f.1, LOOPBACK",
			"0177.0.0.1, LOOPBACK", "2130706433, LOOPBACK", "0x7F000001, LOOPBACK", "[::1], LOOPBACK", "::1, LOOPBACK",
			"[::ffff:127.0.0.1], LOOPBACK", "[::127.0.0.1], LOOPBACK", "[::7f00:1], FORBIDDEN",
			"[64:ff9b::7f00:1], LOOPBACK", "[2002:7f00:1::], FORBIDDEN", "localhost, LOOPBACK", "LOCALHOST., LOOPBACK",
			"a.localhost, LOOPBACK", "169.254.169.254, FORBIDDEN", "169.254.0.1, FORBIDDEN", "0.0.0.0, FORBIDDEN",
			"0, FORBIDDEN", "224.0.0.1, FORBIDDEN", "255.255.255.255, FORBIDDEN", "192.0.0.192, FORBIDDEN",
			"100.100.100.200, FORBIDDEN", "168.63.129.16, FORBIDDEN", "[::], FORBIDDEN", "[fe80::1], FORBIDDEN",
			"[ff02::1], FORBIDDEN", "[fd00:ec2::254], FORBIDDEN", "[::ffff:169.254.169.254], FORBIDDEN",
			"[64:ff9b::a9fe:a9fe], FORBIDDEN", "2852039166, FORBIDDEN", "0xA9FEA9FE, FORBIDDEN", "1.2.3.4.5, FORBIDDEN",
			"1.2.3.999, FORBIDDEN", "4294967296, FORBIDDEN", "08.1.1.1, FORBIDDEN",
			"metadata.google.internal, FORBIDDEN" })
	void tellsHowFarAwayAHostIs(String host, Reach reach) {
		assertThat(HostReach.of(host)).isEqualTo(reach);
	}

}
