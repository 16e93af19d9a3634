using System.Security.Cryptography;
using System.Text;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Files;

public sealed class FileTests
{
    [Theory]
    [OnSqlite(With = [false]), OnSqlite(With = [true])]
    [OnPostgreSql(With = [false]), OnPostgreSql(With = [true])]
    [OnSqlServer(With = [false]), OnSqlServer(With = [true])]
    public async Task A_file_is_kept_once_per_content_and_read_back_equal(DatabaseProvider provider, bool inDatabase)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider, filesInDatabase: inDatabase);
        var files = database.Get<IFileStore>();
        var bytes = RandomNumberGenerator.GetBytes(1_300_000);

        var one = await SaveAsync(files, bytes, "보고서.pdf");
        var two = await SaveAsync(files, bytes, "copy.pdf");
        var empty = await SaveAsync(files, Array.Empty<byte>(), "empty");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), one.Sha256);
        Assert.Equal((one.Sha256, 1_300_000), (two.Sha256, two.Size));
        Assert.NotEqual(one.Id, two.Id);
        Assert.Equal(one, await files.FindAsync(one.Id));
        Assert.Equal(bytes, await ReadAsync(files, one.Sha256));
        Assert.Empty(await ReadAsync(files, empty.Sha256));
        Assert.Null(await files.FindAsync(999_999));
        Assert.Null(await files.OpenAsync(new string('0', 64)));
    }

    [Theory]
    [OnSqlite(With = [false]), OnSqlite(With = [true])]
    [OnPostgreSql(With = [true])]
    public async Task A_file_that_is_too_long_leaves_nothing(DatabaseProvider provider, bool inDatabase)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider, filesInDatabase: inDatabase);
        var files = database.Get<IFileStore>();

        await Assert.ThrowsAsync<FileTooLargeException>(() =>
            files.SaveAsync(new MemoryStream(new byte[1001]), "x", "text/plain", 1000, null)
        );

        await using var db = database.Database.CreateDbContext();
        Assert.Empty(db.Files);
        Assert.Empty(db.FileChunks);
        Assert.Empty(
            Directory.Exists(database.Options.FileFolder)
                ? Directory.GetFiles(database.Options.FileFolder, "*", SearchOption.AllDirectories)
                : []
        );
    }

    [Theory]
    [OnSqlite(With = [false]), OnSqlite(With = [true])]
    [OnPostgreSql(With = [true])]
    public async Task Cleaning_up_takes_what_nobody_attached_and_keeps_the_rest(
        DatabaseProvider provider,
        bool inDatabase
    )
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider, filesInDatabase: inDatabase);
        var (files, store) = (database.Get<IFileStore>(), database.Get<ITicketStore>());
        var attached = await SaveAsync(files, "attached"u8.ToArray(), "a.txt");
        var forgotten = await SaveAsync(files, "forgotten"u8.ToArray(), "b.txt");
        var sameAsAttached = await SaveAsync(files, "attached"u8.ToArray(), "c.txt");
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, new FilesAttached([attached.ToAttached()], Visibility.Public));
        database.Clock.Move(Duration.FromDays(2));
        var young = await SaveAsync(files, "young"u8.ToArray(), "d.txt");

        var removed = await files.CleanUpAsync(database.Clock.GetCurrentInstant() - Duration.FromDays(1));

        Assert.Equal(1, removed);
        Assert.NotNull(await files.FindAsync(attached.Id));
        Assert.Null(await files.FindAsync(forgotten.Id));
        Assert.Null(await files.FindAsync(sameAsAttached.Id));
        Assert.Null(await files.OpenAsync(forgotten.Sha256));
        Assert.Equal("attached"u8.ToArray(), await ReadAsync(files, attached.Sha256));
        Assert.Equal("young"u8.ToArray(), await ReadAsync(files, young.Sha256));
    }

    [Theory, OnSqlite]
    public async Task A_content_whose_row_was_never_written_goes_and_comes_back_with_the_next_upload(
        DatabaseProvider provider
    )
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var files = database.Get<IFileStore>();
        var bytes = Encoding.UTF8.GetBytes("killed between content and row");
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var folder = Directory.CreateDirectory(Path.Combine(database.Options.FileFolder, hash[..2])).FullName;
        var path = Path.Combine(folder, hash);
        await File.WriteAllBytesAsync(path, bytes);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(1, await files.CleanUpAsync(Instant.FromUtc(2026, 2, 1, 0, 0)));
        Assert.False(File.Exists(path));
        Assert.Equal(hash, (await SaveAsync(files, bytes, "again")).Sha256);
        Assert.Equal(bytes, await ReadAsync(files, hash));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Internal_comments_and_files_are_not_in_what_customers_read(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (files, store) = (database.Get<IFileStore>(), database.Get<ITicketStore>());
        var conversation = database.Get<ITicketConversation>();
        var open = await SaveAsync(files, "open"u8.ToArray(), "open.txt");
        var secret = await SaveAsync(files, "secret"u8.ToArray(), "secret.txt");
        var loose = await SaveAsync(files, "loose"u8.ToArray(), "loose.txt");
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, ticket.Comment("hello 안녕", open.ToAttached()));
        await ticket.SendAsync(store, ticket.Note("between us", secret.ToAttached()));
        await ticket.SendAsync(store, new FilesAttached([loose.ToAttached()], Visibility.Public));

        var customers = await conversation.ReadPublicAsync(ticket.State.Id);
        var agents = await conversation.ReadFullAsync(ticket.State.Id);

        var comment = Assert.Single(customers.Comments);
        Assert.Equal((2L, "hello 안녕", true), (comment.Id, comment.Body, comment.ByCustomer));
        Assert.Equal(open.ToAttached(), Assert.Single(comment.Files).File);
        Assert.Equal(loose.ToAttached(), Assert.Single(customers.Files).File);
        Assert.Equal([Visibility.Public, Visibility.Internal], agents.Comments.Select(c => c.Visibility));
        Assert.Equal(secret.ToAttached(), Assert.Single(agents.Comments[1].Files).File);
        Assert.Null(await conversation.FindPublicAttachmentAsync(ticket.State.Id, secret.Id));
        Assert.NotNull(await conversation.FindAttachmentAsync(ticket.State.Id, secret.Id));
        Assert.NotNull(await conversation.FindPublicAttachmentAsync(ticket.State.Id, open.Id));
        Assert.Null(await conversation.FindAttachmentAsync(new TicketId(999_999), open.Id));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task The_files_of_the_opening_are_those_that_came_with_it(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (files, store) = (database.Get<IFileStore>(), database.Get<ITicketStore>());
        var first = await SaveAsync(files, "first"u8.ToArray(), "first.txt");
        var answer = await SaveAsync(files, "answer"u8.ToArray(), "answer.txt");
        var (ticket, opening) = await TestTicket.NewAsync(store);
        var opened = opening.Events[0];
        var attached = ticket.Next(
            new FilesAttached([first.ToAttached()], Visibility.Public),
            ticket.Comment("As asked for", answer.ToAttached())
        );
        // All at once, as an import that brings a whole conversation.
        var commit = opening with
        {
            After = ticket.Snapshot,
            Events = opening.Events.Concat(attached.Events.Select(e => e with { At = opened.At })).ToValueList(),
        };
        Assert.Equal(CommitStatus.Committed, (await store.CommitAsync(commit, CancellationToken.None)).Status);
        await ticket.SendAsync(store, new FilesAttached([answer.ToAttached()], Visibility.Public));
        await ticket.SendAsync(store, ticket.Comment("Once more", answer.ToAttached()));

        var found = await database.Get<ITicketConversation>().ReadOpeningFilesAsync(ticket.State.Id);

        Assert.Equal(first.ToAttached(), Assert.Single(found).File);
    }

    private static Task<StoredFile> SaveAsync(IFileStore files, byte[] bytes, string name) =>
        files.SaveAsync(new MemoryStream(bytes), name, "application/pdf", 10_000_000, new PersonId(7));

    private static async Task<byte[]> ReadAsync(IFileStore files, string hash)
    {
        await using var stream = (await files.OpenAsync(hash))!;
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
