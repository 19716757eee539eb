package dev.sluice.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressReachTests {

	/**
	 * A block's first and last address, unless another row of the table says otherwise of
	 * it.
	 */
	@ParameterizedTest
	@CsvFileSource(resources = "/iana-special-purpose.csv", commentCharacter = '#')
	void holdsToTheTablesOfIana(String block, String name, String reachable) throws UnknownHostException {
		boolean translated = block.equals("64:ff9b::/96") || block.equals("::ffff:0:0/96");
		for (byte[] address : List.of(edge(block, 0), edge(block, 0xff))) {
			Reach reach = AddressReach.of(InetAddress.getByAddress(address));
			if (translated) {
				assertThat(reach).as("of what is in %s", name).isEqualTo(Reach.FORBIDDEN);
			}
			else {
				assertThat(reach == Reach.PUBLIC).as("%s %s is public", block, name)
					.isEqualTo(reachable.equals("True"));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "::ffff:0:808:808, FORBIDDEN", "64:ff9b::808:808, PUBLIC", "64:ff9b::a00:1, PRIVATE",
			"64:ff9b::a9fe:a9fe, FORBIDDEN", "64:ff9b:1::808:808, FORBIDDEN", "2001:4860:4860::8888, PUBLIC",
			"4000::1, FORBIDDEN", "ff02::1, FORBIDDEN", "224.0.0.1, FORBIDDEN", "239.255.255.255, FORBIDDEN",
			"fd12::1, PRIVATE", "fec0::1, PRIVATE", "8.8.8.8, PUBLIC", "223.255.255.255, PUBLIC",
			"169.254.169.254, FORBIDDEN", "fd00:ec2::254, FORBIDDEN", "100.100.100.200, FORBIDDEN" })
	void knowsWhatTheTablesDoNotSay(String address, Reach reach) {
		assertThat(AddressReach.of(AddressLiteral.parse(address).orElseThrow())).isEqualTo(reach);
	}

	private static byte[] edge(String block, int fill) {
		String[] parts = block.split("/", -1);
		byte[] address = AddressLiteral.parse(parts[0]).orElseThrow().getAddress();
		if (address.length == 4 && parts[0].indexOf(':') >= 0) {
			byte[] mapped = new byte[16];
			mapped[10] = (byte) 0xff;
			mapped[11] = (byte) 0xff;
			System.arraycopy(address, 0, mapped, 12, 4);
			address = mapped;
		}
		int prefix = Integer.parseInt(parts[1]);
		for (int bit = prefix; bit < address.length * 8; bit++) {
			address[bit / 8] |= (byte) (fill & (0x80 >> (bit % 8)));
		}
		return address;
	}

}
