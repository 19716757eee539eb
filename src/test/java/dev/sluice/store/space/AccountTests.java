package dev.sluice.store.space;

import java.util.OptionalLong;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.Shard;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A walk's count of a shard holds only if nothing came or went there meanwhile.
 */
class AccountTests {

	private static final Digest BLOB = TestSpace.digest("a");

	private static final Shard SHARD = Shard.of(BLOB);

	private final Account account = new Account(TestSpace.blocks(10), () -> Long.MAX_VALUE, OptionalLong.of(0));

	@Test
	void aCountHoldsWhereNothingChanged() {
		assertThat(this.account.count(SHARD, this.account.changes(SHARD), 5)).isTrue();
		this.account.walked();
		assertThat(this.account.held()).isEqualTo(5);
	}

	@Test
	void aBlobThatCameMeanwhileIsCountedOnce() {
		int before = this.account.changes(SHARD);
		this.account.changing(BLOB);
		this.account.changed(BLOB, 5);
		assertThat(this.account.count(SHARD, before, 5)).isFalse();
		this.account.walked();
		assertThat(this.account.held()).isEqualTo(5);
	}

	@Test
	void aBlobThatIsJustComingIsCountedOnce() {
		this.account.changing(BLOB);
		assertThat(this.account.count(SHARD, this.account.changes(SHARD), 5)).isFalse();
		this.account.changed(BLOB, 5);
		assertThat(this.account.count(SHARD, this.account.changes(SHARD), 5)).isTrue();
		this.account.walked();
		assertThat(this.account.held()).isEqualTo(5);
	}

	@Test
	void whatChangesWhileAWalkIsUnderWayCountsTowardsWhatTheLastProcessLeft() {
		this.account.count(SHARD, this.account.changes(SHARD), 50);
		this.account.changing(BLOB);
		this.account.changed(BLOB, 5);
		assertThat(this.account.held()).isEqualTo(5);
		this.account.walked();
		assertThat(this.account.held()).isEqualTo(55);
	}

}
