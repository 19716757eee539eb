package dev.sluice.transport;

import java.time.Duration;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.Handle;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One body reads much at once; many share what there is. */
class ReadBudgetTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private final ReadBudget budget = new ReadBudget(8 * MEBIBYTE);

	@Test
	void aConnectionThatIsAlwaysFullReadsMoreAtOnce() {
		assertThat(largestRead()).isEqualTo(512 * 1024);
	}

	@Test
	void allBodiesTogetherStayWithinTheBudget() {
		for (int bodies : new int[] { 16, 17, 100, 200, 256 }) {
			ReadBudget shared = new ReadBudget(8 * MEBIBYTE);
			IntStream.range(0, bodies).forEach((i) -> shared.enter());
			assertThat(shared.share() * bodies).as("%d bodies", bodies).isBetween(4 * MEBIBYTE, 8 * MEBIBYTE);
		}
	}

	@Test
	void aBodyReadsLessAsSoonAsOthersBegin() {
		Handle handle = this.budget.newHandle();
		fill(handle, 20);
		IntStream.range(0, 128).forEach((i) -> this.budget.enter());
		assertThat(fill(handle, 1)).isEqualTo(64 * 1024);
	}

	@Test
	void readsGrowAgainWhenOthersHaveEnded() {
		IntStream.range(0, 128).forEach((i) -> this.budget.enter());
		assertThat(largestRead()).isEqualTo(64 * 1024);
		IntStream.range(0, 127).forEach((i) -> this.budget.leave());
		assertThat(largestRead()).isEqualTo(512 * 1024);
	}

	@Test
	void aReadIsNeverTooSmallToBeWorthIt() {
		IntStream.range(0, 10_000).forEach((i) -> this.budget.enter());
		assertThat(largestRead()).isEqualTo(32 * 1024);
	}

	/** Each costs its event loop what a large piece costs, and others wait. */
	@Test
	void aBodyInCrumbsIsReadAFewAtATimeForAsLongAsItIsSo() {
		ReadGate gate = new ReadGate(Duration.ofSeconds(10), Duration.ofSeconds(10), this.budget);
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.config().setRecvByteBufAllocator(this.budget);
		channel.pipeline().addLast(gate);
		Handle handle = channel.unsafe().recvBufAllocHandle();
		fill(handle, 20);
		read(channel, 10_000);
		assertThat(fill(handle, 1)).isEqualTo(8 * 1024);
		read(channel, 64);
		assertThat(fill(handle, 20)).isEqualTo(512 * 1024);
		channel.close();
	}

	private static void read(EmbeddedChannel channel, int pieces) {
		for (int i = 0; i < pieces; i++) {
			channel.pipeline().fireChannelRead(new DefaultHttpContent(Unpooled.EMPTY_BUFFER));
		}
		channel.pipeline().fireChannelReadComplete();
		channel.releaseInbound();
	}

	private int largestRead() {
		return fill(this.budget.newHandle(), 20);
	}

	/**
	 * Reads as a channel does whose socket always has more, and returns the last size.
	 */
	private static int fill(Handle handle, int reads) {
		int size = 0;
		for (int i = 0; i < reads; i++) {
			handle.reset(new EmbeddedChannel().config());
			ByteBuf buffer = handle.allocate(UnpooledByteBufAllocator.DEFAULT);
			size = buffer.writableBytes();
			handle.attemptedBytesRead(size);
			handle.lastBytesRead(size);
			handle.incMessagesRead(1);
			handle.readComplete();
			buffer.release();
		}
		return size;
	}

}
