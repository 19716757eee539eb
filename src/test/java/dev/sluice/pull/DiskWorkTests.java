package dev.sluice.pull;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a look at the disk opens is handed on or let go of, whenever its client leaves.
 */
class DiskWorkTests {

	private final Scheduler disk = Schedulers.newBoundedElastic(1, 1, "looks");

	private final DiskWork work = new DiskWork(this.disk);

	@AfterEach
	void dispose() {
		this.disk.dispose();
	}

	@Test
	void nothingIsLeftOpenWhenClientsLeaveAsItComes() throws InterruptedException {
		AtomicInteger opened = new AtomicInteger();
		AtomicInteger released = new AtomicInteger();
		AtomicInteger handedOn = new AtomicInteger();
		for (int round = 0; round < 2000; round++) {
			CountDownLatch looking = new CountDownLatch(1);
			BaseSubscriber<Integer> client = new BaseSubscriber<>() {

				@Override
				protected void hookOnNext(Integer seen) {
					handedOn.incrementAndGet();
				}

			};
			this.work.call(() -> {
				looking.countDown();
				return opened.incrementAndGet();
			}, (_) -> released.incrementAndGet()).subscribe(client);
			looking.await();
			client.cancel();
		}
		await().untilAsserted(() -> assertThat(handedOn.get() + released.get()).isEqualTo(2000));
		assertThat(opened).hasValue(2000);
	}

	@Test
	void aLookIsNotInterruptedWhenItsClientLeaves() throws InterruptedException {
		CountDownLatch looking = new CountDownLatch(1);
		CountDownLatch left = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		AtomicBoolean over = new AtomicBoolean();
		Disposable client = this.work.call(() -> {
			looking.countDown();
			left.await();
			return true;
		}, (_) -> {
			interrupted.set(Thread.currentThread().isInterrupted());
			over.set(true);
		}).subscribe();
		looking.await();
		client.dispose();
		left.countDown();
		await().untilTrue(over);
		assertThat(interrupted).isFalse();
	}

	@Test
	void itsFailureIsTold() {
		StepVerifier.create(this.work.call(() -> {
			throw new IOException("no");
		})).expectErrorMessage("no").verify();
	}

	@Test
	void whatFindsNoPlaceIsRefused() throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch looking = new CountDownLatch(1);
		this.work.call(() -> {
			looking.countDown();
			end.await();
			return true;
		}).subscribe();
		looking.await();
		this.work.call(() -> true).subscribe();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.work.call(() -> true).block());
		end.countDown();
	}

}
