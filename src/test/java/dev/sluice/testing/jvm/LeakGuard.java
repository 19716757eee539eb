package dev.sluice.testing.jvm;

import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails each test class that leaked a buffer; nested classes answer with the class around
 * them.
 */
public final class LeakGuard implements AfterAllCallback {

	@Override
	public void afterAll(ExtensionContext context) throws InterruptedException {
		if (context.getRequiredTestClass().getEnclosingClass() != null) {
			return;
		}
		List<String> leaks = LeakedBuffers.drain();
		if (!leaks.isEmpty()) {
			throw new AssertionError("LEAK: Netty found " + leaks.size() + " unreleased buffer(s) after "
					+ context.getRequiredTestClass().getName() + System.lineSeparator()
					+ String.join(System.lineSeparator(), leaks));
		}
	}

}
