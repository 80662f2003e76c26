package dev.migrationledger.ledger;

import dev.migrationledger.ledger.ingest.kafka.RedriveCommand;
import dev.migrationledger.ledger.platform.DatabaseLost;
import dev.migrationledger.ledger.platform.OutOfMemory;
import dev.migrationledger.ledger.view.RebuildViews;
import dev.migrationledger.ledger.view.RetireCommand;
import dev.migrationledger.ledger.view.WithdrawEvent;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** {@code java -jar ledger-service.jar}. */
// The first would make a user of its own and print the password. The second would connect to a Kafka that the settings do not name.
@SpringBootApplication(exclude = {UserDetailsServiceAutoConfiguration.class, KafkaAutoConfiguration.class})
public class LedgerService {

    public static void main(String[] args) throws InterruptedException {
        OutOfMemory.endsTheProcess();
        SpringApplication ledger = new SpringApplication(LedgerService.class);
        List<String> arguments = Arrays.asList(args);
        if (!arguments.isEmpty() && arguments.getFirst().equals(RebuildViews.COMMAND)) {
            System.exit(RebuildViews.run(ledger, arguments.subList(1, args.length), System.out, System.err));
        }
        if (!arguments.isEmpty() && arguments.getFirst().equals(WithdrawEvent.COMMAND)) {
            System.exit(WithdrawEvent.run(ledger, arguments.subList(1, args.length), System.out, System.err));
        }
        if (!arguments.isEmpty() && arguments.getFirst().equals(RetireCommand.COMMAND)) {
            System.exit(RetireCommand.run(ledger, arguments.subList(1, args.length), System.out, System.err));
        }
        if (!arguments.isEmpty() && arguments.getFirst().equals(RedriveCommand.COMMAND)) {
            System.exit(RedriveCommand.run(ledger, arguments.subList(1, args.length), System.out, System.err));
        }
        DatabaseLost.startAgain(() -> ledger.run(args));
    }
}
