package dev.migrationledger.ledger;

import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.ledger.backup.BackupCommand;
import dev.migrationledger.ledger.backup.RestoreCommand;
import dev.migrationledger.ledger.ingest.kafka.RedriveCommand;
import dev.migrationledger.ledger.platform.DatabaseLost;
import dev.migrationledger.ledger.platform.OutOfMemory;
import dev.migrationledger.ledger.view.RebuildViews;
import dev.migrationledger.ledger.view.RetireCommand;
import dev.migrationledger.ledger.view.WithdrawEvent;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** {@code java -jar ledger-service.jar}. */
// The first would make a user of its own and print the password. The second would connect to a Kafka that the settings do not name.
@SpringBootApplication(exclude = {UserDetailsServiceAutoConfiguration.class, KafkaAutoConfiguration.class})
public class LedgerService {

    /** What operators run beside the ledger or instead of it, by its name. */
    private static final Map<String, OperatorCommand> COMMANDS = Map.of(
            RebuildViews.COMMAND, RebuildViews::run,
            WithdrawEvent.COMMAND, WithdrawEvent::run,
            RetireCommand.COMMAND, RetireCommand::run,
            RedriveCommand.COMMAND, RedriveCommand::run,
            BackupCommand.COMMAND, BackupCommand::run,
            RestoreCommand.COMMAND, RestoreCommand::run);

    private static final int WRONG_USAGE = 2;

    private interface OperatorCommand {
        int run(SpringApplication ledger, List<String> arguments, PrintStream out, PrintStream err);
    }

    public static void main(String[] args) throws InterruptedException {
        OutOfMemory.endsTheProcess();
        // All texts are English, and the numbers in them: events keep some.
        Locale.setDefault(Locale.ROOT);
        SpringApplication ledger = new SpringApplication(LedgerService.class);
        OperatorCommand command = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (command != null) {
            System.exit(command.run(ledger, Arrays.asList(args).subList(1, args.length), System.out, System.err));
        }
        if (args.length > 0 && !args[0].startsWith("-")) {
            System.err.printf("'%s' is not a command of the ledger. Use %s; without a command the ledger starts.%n",
                    args[0],
                    ListText.or(COMMANDS.keySet().stream().sorted().toList()));
            System.exit(WRONG_USAGE);
        }
        DatabaseLost.startAgain(() -> ledger.run(args));
    }
}
