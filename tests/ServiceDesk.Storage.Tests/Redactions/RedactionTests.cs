using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Redactions;
using ServiceDesk.Storage.Tests.Fixtures;
using ServiceDesk.Storage.Verification;

namespace ServiceDesk.Storage.Tests.Redactions;

public sealed class RedactionTests
{
    private const string Secret = "Žluťoučký-5274 \"비밀번호\" <x>";
    private static readonly PersonId Chief = new(3);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_passage_is_nowhere_in_the_database_any_more(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var store = lived.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store, description: $"Before {Secret} after");
        await ticket.SendAsync(store, new TextEdited($"Ask about {Secret}", "Nothing"));
        await ticket.SendAsync(store, ticket.Comment($"It is {Secret}, twice {Secret}"));
        await ticket.SendAsync(store, ticket.Note($"> {Secret}"));
        await ticket.SendAsync(store, ticket.Comment("Thank you"));
        await CopiesAsync(lived, ticket);
        var other = await TestTicket.OpenAsync(store, summary: "Another ticket");
        await other.SendAsync(store, other.Comment("of somebody else"));
        Assert.NotEmpty(await HoldingAsync(lived));

        await RedactAsync(store, ticket, new RedactText($"  {Secret}", "a password"));

        Assert.Empty(await HoldingAsync(lived));
        var told = await lived.Get<ITicketConversation>().ReadFullAsync(ticket.State.Id);
        Assert.Equal(["It is ████, twice ████", "> ████", "Thank you"], told.Comments.Select(one => one.Body));
        Assert.Equal([1, 1, 0], told.Comments.Select(one => one.Redactions.Count));
        Assert.Equal((Chief, "a password"), (told.Comments[0].Redactions[0].By!.Value, told.Redactions[0].Reason));
        var seen = await lived.Get<ITicketConversation>().ReadPublicAsync(ticket.State.Id);
        Assert.Equal("", Assert.Single(seen.Comments[0].Redactions).Reason);
        Assert.Single(seen.Redactions);
        Assert.Equal("Ask about ████", (await store.LoadAsync(ticket.State.Id, default))!.State.Summary);
        var events = await lived.Get<IEventLog>().ReadTicketAsync(ticket.State.Id, default);
        Assert.Equal("Before ████ after", ((TicketOpened)events[0].Event).Description);
        await IsCleanAsync(lived);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_answers_to_repeats_only_those_that_tell_of_the_ticket_go(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var store = lived.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, ticket.Comment("swordfish"));
        var key = ticket.State.Key.ToString();
        string[] others = [$"{key}0", $"{key}9", $"A{key}", $"Z9{key}"];
        string[] own = [key, $"\\n{key}", $"\\u003C{key}\\u003E", $"see {key}, and {key}0"];
        await lived.Database.WriteAsync(
            async (db, token) =>
            {
                db.ApiAnswers.AddRange(own.Concat(others).Select((told, at) => Answer($"body {at}", null, told)));
                db.ApiAnswers.AddRange(
                    Answer("location", $"/api/v1/tickets/{key}", "{}"),
                    Answer("other location", $"/api/v1/tickets/{key}7/comments", "{}")
                );
                await db.SaveChangesAsync(token);
            }
        );

        await RedactAsync(store, ticket, new RedactText("swordfish", "a password"));

        await using var read = lived.Database.CreateDbContext();
        Assert.Equal(
            others.Select((_, at) => $"body {own.Length + at}").Append("other location"),
            (await read.ApiAnswers.Select(row => row.Key).ToListAsync()).Order(StringComparer.Ordinal)
        );

        static ApiAnswerRow Answer(string name, string? location, string told) =>
            new()
            {
                PersonId = 1,
                Key = name,
                Fingerprint = "f",
                Status = 200,
                Location = location,
                Body = told == "{}" ? told : $"{{\"body\":\"{told}\"}}",
            };
    }

    [Fact]
    public async Task Nothing_is_left_of_it_in_the_file_of_the_embedded_database()
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(DatabaseProvider.Sqlite);
        var store = lived.Get<ITicketStore>();
        const string word = "swordfish-swordfish-77";
        var ticket = await TestTicket.OpenAsync(store);
        for (var i = 0; i < 20; i++)
        {
            await ticket.SendAsync(store, ticket.Comment($"{i} {word} {new string('x', 500)}"));
        }

        Assert.True(await InFilesAsync(lived, word));
        await RedactAsync(store, ticket, new RedactText(word, "a password"));

        Assert.Equal(20, await lived.Get<IRedactionRest>().FinishAsync());
        Assert.Equal(0, await lived.Get<IRedactionRest>().FinishAsync());

        Assert.False(await InFilesAsync(lived, word));
        // The trigrams of an entry, as the index keeps them in a row.
        Assert.Empty(await FoundAsync(lived, word));
        await IsCleanAsync(lived);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_redacted_text_is_found_by_what_is_left_of_it(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var store = lived.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store, description: "opens with swordfish");
        await ticket.SendAsync(store, ticket.Comment("the password is swordfish, said she"));

        await RedactAsync(store, ticket, new RedactText("swordfish", "a password"));

        Assert.Empty(await FoundAsync(lived, "swordfish"));
        Assert.Empty(await FoundAsync(lived, "rdf"));
        Assert.Single(await FoundAsync(lived, "said she"));
        Assert.Single(await FoundAsync(lived, "opens with"));
    }

    [Theory]
    [OnSqlite(With = [false]), OnSqlite(With = [true])]
    [OnPostgreSql(With = [true])]
    [OnSqlServer(With = [true])]
    public async Task The_content_of_a_file_goes_and_its_place_stays(DatabaseProvider provider, bool inDatabase)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider, filesInDatabase: inDatabase);
        var (store, files) = (lived.Get<ITicketStore>(), lived.Get<IFileStore>());
        var conversation = lived.Get<ITicketConversation>();
        var passport = await SaveAsync(files, "passport", "passport 홍길동.txt");
        var plan = await SaveAsync(files, "plan", "plan.txt");
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, ticket.Comment("see", passport.ToAttached(), plan.ToAttached()));
        await ticket.SendAsync(store, new FilesAttached([passport.ToAttached()], Visibility.Internal));

        await RedactAsync(store, ticket, new RedactFile(passport.Id, "picture.txt", "a passport"), places: 2);

        Assert.Null(await files.FindAsync(passport.Id));
        Assert.Null(await conversation.FindAttachmentAsync(ticket.State.Id, passport.Id));
        Assert.Null(await conversation.FindPublicAttachmentAsync(ticket.State.Id, passport.Id));
        Assert.NotNull(await conversation.FindPublicAttachmentAsync(ticket.State.Id, plan.Id));
        Assert.Equal(4, await conversation.BytesAsync(ticket.State.Id));
        Assert.NotNull(await files.OpenAsync(passport.Sha256));
        // A node that was killed behind the commit left the rest to whoever starts next.
        await using (var next = lived.Node())
        {
            Assert.Equal(2, await ((IRedactionRest)next.GetService(typeof(IRedactionRest))!).FinishAsync());
        }

        Assert.Null(await files.OpenAsync(passport.Sha256));
        Assert.NotNull(await files.OpenAsync(plan.Sha256));
        var read = await conversation.ReadFullAsync(ticket.State.Id);
        Assert.Equal(["picture.txt", "plan.txt"], read.Comments[0].Files.Select(file => file.File.Name));
        Assert.Equal(("a passport", Chief), (read.Files[0].Removed!.Reason, read.Files[0].Removed!.By!.Value));
        Assert.Null(read.Comments[0].Files[1].Removed);
        Assert.Equal(1, ticket.State.Attachments);
        await IsCleanAsync(lived);
        Assert.DoesNotContain(await TextsAsync(lived), text => text.Contains("홍길동", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_file_goes_out_of_its_fields_and_their_history_has_the_new_name(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var (store, files) = (lived.Get<ITicketStore>(), lived.Get<IFileStore>());
        var passport = await SaveAsync(files, "passport", "passport 홍길동.txt");
        var ticket = await TestTicket.OpenAsync(store);
        var held = new FilesValue([passport.ToAttached()]);
        await ticket.SendAsync(store, new FilesAttached([passport.ToAttached()], Visibility.Internal));
        await ticket.SendAsync(store, new FieldsChanged(ValueMap<FieldValue?>.Empty.SetItem("proof", held)));
        Assert.Equal(
            [new KnownFile(passport.Id, IsGone: false)],
            await lived.Get<ITicketConversation>().FileIdsAsync(ticket.State.Id)
        );

        await RedactAsync(store, ticket, new RedactFile(passport.Id, "picture.txt", "a passport"));

        Assert.Empty((await store.LoadAsync(ticket.State.Id, default))!.State.Fields);
        Assert.Equal(
            [new KnownFile(passport.Id, IsGone: true)],
            await lived.Get<ITicketConversation>().FileIdsAsync(ticket.State.Id)
        );
        await IsCleanAsync(lived);
        Assert.DoesNotContain(await TextsAsync(lived), text => text.Contains("홍길동", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_content_that_another_ticket_has_too_stays_there(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var (store, files) = (lived.Get<ITicketStore>(), lived.Get<IFileStore>());
        var (shared, same) = (await SaveAsync(files, "manual", "a.txt"), await SaveAsync(files, "manual", "b.txt"));
        var (first, second) = (await TestTicket.OpenAsync(store), await TestTicket.OpenAsync(store));
        await first.SendAsync(store, new FilesAttached([shared.ToAttached()], Visibility.Public));
        await second.SendAsync(store, new FilesAttached([shared.ToAttached(), same.ToAttached()], Visibility.Public));

        await RedactAsync(store, first, new RedactFile(shared.Id, null, "not theirs"));
        await lived.Get<IRedactionRest>().FinishAsync();

        Assert.NotNull(await lived.Get<ITicketConversation>().FindAttachmentAsync(second.State.Id, shared.Id));
        Assert.NotNull(await files.OpenAsync(shared.Sha256));
        await RedactAsync(store, second, new RedactFile(shared.Id, null, "neither"));
        await RedactAsync(store, second, new RedactFile(same.Id, null, "nor this"));
        await lived.Get<IRedactionRest>().FinishAsync();
        Assert.Null(await files.OpenAsync(shared.Sha256));
        await IsCleanAsync(lived);
        // It may come in anew.
        Assert.Equal(shared.Sha256, (await SaveAsync(files, "manual", "again.txt")).Sha256);
        Assert.NotNull(await files.OpenAsync(shared.Sha256));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_content_that_a_library_has_stays_there_and_is_marked_until_somebody_keeps_it(
        DatabaseProvider provider
    )
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var (store, files) = (lived.Get<ITicketStore>(), lived.Get<IFileStore>());
        var library = lived.Get<IFileLibrary>();
        var text = new LibraryText("ITSD", "Manual", null);
        var (kept, _) = await library.AddAsync(text, (await SaveAsync(files, "manual", "manual.txt")).Id, Chief);
        await library.AddAsync(text with { Name = "Plan" }, (await SaveAsync(files, "plan", "plan.txt")).Id, Chief);
        var taken = (await files.CopyAsync(kept!.File.Id, Chief))!;
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, new FilesAttached([taken.ToAttached()], Visibility.Public));

        await RedactAsync(store, ticket, new RedactFile(taken.Id, null, "not theirs"));
        await lived.Get<IRedactionRest>().FinishAsync();

        Assert.Null(await lived.Get<ITicketConversation>().FindAttachmentAsync(ticket.State.Id, taken.Id));
        Assert.NotNull(await files.OpenAsync(kept.File.Sha256));
        Assert.Equal([true, false], (await library.OfAsync("ITSD")).Select(file => file.RedactedAt is not null));
        await IsCleanAsync(lived);

        lived.Clock.Move(Duration.FromHours(1));
        Assert.True(await library.KeepAsync("ITSD", kept.Id));
        Assert.All(await library.OfAsync("ITSD"), file => Assert.Null(file.RedactedAt));
        // What comes in later with the same content is asked about anew.
        var again = await SaveAsync(files, "manual", "again.txt");
        var (other, _) = await library.AddAsync(text with { Desk = "HR" }, again.Id, Chief);
        Assert.NotNull(other!.RedactedAt);
    }

    [Theory]
    [OnSqlite(With = ["UPDATE events SET payload = REPLACE(payload, '████', 'a word') WHERE version = 2"])]
    [OnSqlite(With = ["DELETE FROM redactions"])]
    [OnPostgreSql(With = ["UPDATE redactions SET sha256 = 'x'"])]
    public async Task What_was_written_back_is_found(DatabaseProvider provider, string fault)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var store = lived.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, ticket.Comment("swordfish"));
        await RedactAsync(store, ticket, new RedactText("swordfish", "a password"));

        await lived.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(fault, token));

        var report = await lived.Get<StorageVerifier>().RunAsync();
        Assert.Contains("redaction", report.Findings.Select(finding => finding.Check));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_commit_that_came_too_late_takes_nothing_out(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var store = lived.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, ticket.Comment("swordfish"));
        var late = Commit(ticket, new RedactText("swordfish", "a password"));
        var winner = late with
        {
            Events = [late.Events[0] with { Event = new LabelsChanged(["x"]) }],
            Redaction = null,
        };
        Assert.Equal(CommitStatus.Committed, (await store.CommitAsync(winner, default)).Status);

        Assert.Equal(CommitStatus.Conflict, (await store.CommitAsync(late, default)).Status);

        var read = await lived.Get<ITicketConversation>().ReadFullAsync(ticket.State.Id);
        Assert.Equal("swordfish", read.Comments[0].Body);
        await using var db = lived.Database.CreateDbContext();
        Assert.Empty(await db.Redactions.ToListAsync());
    }

    [Fact]
    public async Task What_breaks_off_in_the_middle_leaves_everything_as_it_was()
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(DatabaseProvider.Sqlite);
        var store = lived.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store, description: "swordfish");
        await ticket.SendAsync(store, ticket.Comment("swordfish"));
        // Only the last of the statements fails, when the log is written anew already.
        await lived.Database.WriteAsync(
            (db, token) =>
                db.Database.ExecuteSqlRawAsync(
                    "CREATE TRIGGER broken BEFORE UPDATE OF fingerprint ON idempotency_keys BEGIN SELECT RAISE(ABORT, 'broken'); END",
                    token
                )
        );
        ticket.IdempotencyKey = "known";
        await ticket.SendAsync(store, ticket.Comment("more"));
        ticket.IdempotencyKey = null;
        var commit = Commit(ticket, new RedactText("swordfish", "a password"));

        await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync(commit, default));

        var events = await lived.Get<IEventLog>().ReadTicketAsync(ticket.State.Id, default);
        Assert.Equal(3, events.Count);
        Assert.Equal("swordfish", ((TicketOpened)events[0].Event).Description);
        Assert.Equal("swordfish", ((PublicCommentAdded)events[1].Event).Body);
        Assert.Equal(2, (await FoundAsync(lived, "swordfish")).Count);
        await IsCleanAsync(lived);
    }

    private static async Task RedactAsync(
        ITicketStore store,
        TestTicket ticket,
        TicketCommand command,
        int places = 1
    ) =>
        Assert.Equal(
            CommitStatus.Committed,
            (await store.CommitAsync(Commit(ticket, command, places), default)).Status
        );

    // Its people were never made.
    private static async Task IsCleanAsync(DatabaseUnderTest lived) =>
        Assert.DoesNotContain(
            (await lived.Get<StorageVerifier>().RunAsync()).Findings,
            finding => finding.Check != "reference"
        );

    // As the grain makes it of what the ticket decided.
    private static TicketCommit Commit(TestTicket ticket, TicketCommand command, int places = 1)
    {
        var redaction = Redaction.Of(command)!;
        ticket.Actor = Actor.Of(Chief);
        TicketEvent told = command switch
        {
            RedactText text => new TextRedacted(
                [],
                Changed(ticket.State.Summary),
                Changed(ticket.State.Description),
                redaction.Passage!.Length,
                Visibility.Public,
                text.Reason
            ),
            RedactFile file => new FileRedacted(file.File, file.Name ?? "?", places, Visibility.Public, file.Reason),
            _ => throw new InvalidOperationException(),
        };
        var commit = ticket.Next(told) with { Redaction = redaction };
        ticket.Actor = Actor.Of(new PersonId(7));
        return commit;

        string? Changed(string text) => redaction.Without(text) is var without && without != text ? without : null;
    }

    private static Task<StoredFile> SaveAsync(IFileStore files, string content, string name) =>
        files.SaveAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), name, "text/plain", 1000, new PersonId(7));

    // What tells of a ticket elsewhere.
    private static Task CopiesAsync(DatabaseUnderTest lived, TestTicket ticket) =>
        lived.Database.WriteAsync(
            async (db, token) =>
            {
                var id = ticket.State.Id.Value;
                var json = System.Text.Json.JsonSerializer.Serialize(Secret, Core.Json.ServiceDeskJson.Stored);
                db.HeldReplies.Add(
                    new HeldReplyRow
                    {
                        Token = "t",
                        TicketId = id,
                        PersonId = 1,
                        Text = $"> {Secret}",
                        Files = "[]",
                    }
                );
                db.ReplyDrafts.Add(
                    new ReplyDraftRow
                    {
                        TicketId = id,
                        PersonId = 1,
                        Visibility = 1,
                        Text = Secret,
                    }
                );
                db.Notifications.Add(
                    new NotificationRow
                    {
                        TicketId = id,
                        PersonId = 1,
                        Key = "k",
                        Text = $"wrote: {Secret}",
                    }
                );
                db.HeldNotifications.Add(
                    new HeldNotificationRow
                    {
                        TicketId = id,
                        PersonId = 1,
                        Key = "k",
                        Text = Secret,
                    }
                );
                db.RuleRuns.Add(
                    new RuleRunRow
                    {
                        TicketId = id,
                        Rule = "r",
                        Occasion = "o",
                        Detail = $"[{json}]",
                    }
                );
                db.ScriptRuns.Add(
                    new ScriptRunRow
                    {
                        TicketId = id,
                        Script = "s",
                        Use = "handler",
                        Outcome = "ok",
                        Log = $"[{json}]",
                        Error = Secret,
                    }
                );
                db.ApiAnswers.Add(
                    new ApiAnswerRow
                    {
                        PersonId = 1,
                        Key = "a",
                        Fingerprint = "f",
                        Status = 201,
                        Location = $"/api/v1/tickets/{ticket.State.Key}/comments",
                        Body = $"{{\"body\":{json}}}",
                    }
                );
                await db.SaveChangesAsync(token);
            }
        );

    // Every text of every table that holds the secret, as it was written or inside JSON.
    private static async Task<IReadOnlyList<string>> HoldingAsync(DatabaseUnderTest lived)
    {
        var folded = Secret.ToLowerInvariant();
        return
        [
            .. (await TextsAsync(lived)).Where(text =>
                text.Contains("5274", StringComparison.Ordinal)
                || text.Contains("비밀번호", StringComparison.Ordinal)
                || text.Contains(folded, StringComparison.Ordinal)
            ),
        ];
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(DatabaseUnderTest lived)
    {
        await using var db = lived.Database.CreateDbContext();
        var texts = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    if (reader.GetValue(column) is string text)
                    {
                        texts.Add(text);
                    }
                }
            }
        }

        return texts;
    }

    private static async Task<IReadOnlyList<long>> FoundAsync(DatabaseUnderTest lived, string term)
    {
        await using var db = lived.Database.CreateDbContext();
        return await lived.Get<ITextSearch>().Containing(db, term).Select(row => row.TicketId).ToListAsync();
    }

    private static async Task<bool> InFilesAsync(DatabaseUnderTest lived, string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(lived.Options.SqliteFile)!, "*.db*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[file.Length];
            await file.ReadExactlyAsync(content);
            if (content.AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
