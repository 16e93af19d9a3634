using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;
using ServiceDesk.Storage.Verification;

namespace ServiceDesk.Storage.Tests.Files;

public sealed class FileLibraryTests
{
    private static readonly PersonId Ann = new(7);
    private static readonly PersonId Ben = new(8);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_desks_files_are_the_desks_alone_and_a_name_stands_once(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var library = lived.Get<IFileLibrary>();
        var upload = await SaveAsync(lived, "guide", "vpn-guide.pdf");
        var guide = await AddAsync(lived, "ITSD", "VPN 안내서", upload, "For who works at home");
        var form = await AddAsync(lived, "ITSD", "Access form", await SaveAsync(lived, "form", "form.docx"));
        var other = await AddAsync(lived, "HR", "VPN 안내서", upload);

        Assert.Equal([form, guide], await library.OfAsync("ITSD"));
        Assert.Equal([other], await library.OfAsync("HR"));
        Assert.Equal(guide, await library.FindAsync("ITSD", guide.Id));
        Assert.Null(await library.FindAsync("HR", guide.Id));
        Assert.Equal(("VPN 안내서", "For who works at home"), (guide.Text.Name, guide.Text.Description));
        Assert.Equal(("vpn-guide.pdf", 5L, upload.Sha256), (guide.File.Name, guide.File.Size, guide.File.Sha256));
        Assert.Equal(
            [guide, other],
            (await library.HoldingAsync(upload.Sha256, ["ITSD", "HR"])).OrderBy(one => one.Id)
        );
        Assert.Equal([other], await library.HoldingAsync(upload.Sha256, ["HR"]));
        Assert.Equal(
            (null, LibraryOutcome.NameTaken),
            await library.AddAsync(new LibraryText("ITSD", "vpn 안내서", null), upload.Id, Ann)
        );
        Assert.Equal(
            (null, LibraryOutcome.NameTaken),
            await library.ChangeAsync(form.Id, 1, new LibraryText("ITSD", "VPN 안내서", null), null, Ann)
        );
        Assert.Equal(
            (null, LibraryOutcome.UploadGone),
            await library.AddAsync(new LibraryText("ITSD", "Lost", null), 999_999, Ann)
        );
        Assert.False(await library.RemoveAsync("HR", guide.Id));
        Assert.True(await library.RemoveAsync("ITSD", guide.Id));
        Assert.False(await library.RemoveAsync("ITSD", guide.Id));
        Assert.Equal([form], await library.OfAsync("ITSD"));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_two_who_change_the_same_the_second_is_told_and_a_newer_version_takes_its_place(
        DatabaseProvider provider
    )
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var library = lived.Get<IFileLibrary>();
        var old = await AddAsync(lived, "ITSD", "Guide", await SaveAsync(lived, "old", "guide-1.pdf"));
        lived.Clock.Move(Duration.FromHours(1));
        var newer = await SaveAsync(lived, "newer", "guide-2.pdf");

        var (kept, outcome) = await library.ChangeAsync(
            old.Id,
            old.Version,
            new LibraryText("ITSD", "GUIDE", "Second edition"),
            newer.Id,
            Ben
        );

        Assert.Equal(LibraryOutcome.Done, outcome);
        Assert.Equal((2, "GUIDE", "guide-2.pdf", Ben), (kept!.Version, kept.Text.Name, kept.File.Name, kept.By));
        Assert.Equal(old.At + Duration.FromHours(1), kept.At);
        Assert.Equal(kept, await library.FindAsync("ITSD", old.Id));
        Assert.Null(await lived.Get<IFileStore>().FindAsync(old.File.Id));
        Assert.Equal(
            (null, LibraryOutcome.Stale),
            await library.ChangeAsync(old.Id, old.Version, new LibraryText("ITSD", "Other", null), null, Ann)
        );
        var (renamed, _) = await library.ChangeAsync(old.Id, 2, new LibraryText("ITSD", "Manual", null), null, Ann);
        Assert.Equal(("Manual", null, kept.File), (renamed!.Text.Name, renamed.Text.Description, renamed.File));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_two_who_write_at_the_same_moment_one_is_told_and_no_file_is_lost(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var (library, files) = (lived.Get<IFileLibrary>(), lived.Get<IFileStore>());
        var kept = await AddAsync(lived, "ITSD", "Guide", await SaveAsync(lived, "first", "guide.pdf"));
        var other = await AddAsync(lived, "ITSD", "Form", await SaveAsync(lived, "form", "form.pdf"));
        for (var round = 0; round < 20; round++)
        {
            var one = await SaveAsync(lived, $"one {round}", "one.pdf");
            var two = await SaveAsync(lived, $"two {round}", "two.pdf");
            var outcomes = await Task.WhenAll(
                Task.Run(() => ChangeAsync(kept, "Guide", one.Id)),
                Task.Run(() => ChangeAsync(kept, "Guide", two.Id)),
                Task.Run(() => ChangeAsync(kept, "Guide", null))
            );

            Assert.Single(outcomes, LibraryOutcome.Done);
            Assert.Equal(2, outcomes.Count(outcome => outcome == LibraryOutcome.Stale));
            kept = (await library.FindAsync("ITSD", kept.Id))!;
            Assert.NotNull(kept);
            Assert.NotNull(await files.FindAsync(kept.File.Id));

            var named = await Task.WhenAll(
                Task.Run(() => ChangeAsync(kept, $"Both {round}", null)),
                Task.Run(() => ChangeAsync(other, $"both {round}", null))
            );
            Assert.Equal([LibraryOutcome.Done, LibraryOutcome.NameTaken], named.Order());
            kept = (await library.FindAsync("ITSD", kept.Id))!;
            other = (await library.FindAsync("ITSD", other.Id))!;
        }

        async Task<LibraryOutcome> ChangeAsync(LibraryFile file, string name, long? upload) =>
            (
                await library.ChangeAsync(file.Id, file.Version, new LibraryText("ITSD", name, null), upload, Ann)
            ).Outcome;
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task All_that_a_desk_has_is_forgotten_at_once_and_nothing_of_others(DatabaseProvider provider)
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider);
        var (library, files) = (lived.Get<IFileLibrary>(), lived.Get<IFileStore>());
        var upload = await SaveAsync(lived, "guide", "guide.pdf");
        var one = await AddAsync(lived, "GONE", "One", upload);
        var two = await AddAsync(lived, "GONE", "Two", upload);
        var kept = await AddAsync(lived, "ITSD", "One", upload);

        Assert.Equal(["GONE", "ITSD"], await library.DesksAsync());
        Assert.Equal(2, await library.ForgetAsync("GONE"));
        Assert.Equal(["ITSD"], await library.DesksAsync());
        Assert.Equal([kept], await library.OfAsync("ITSD"));
        Assert.Null(await files.FindAsync(one.File.Id));
        Assert.Null(await files.FindAsync(two.File.Id));
        Assert.NotNull(await files.FindAsync(kept.File.Id));
        Assert.Equal(0, await library.ForgetAsync("GONE"));
    }

    [Theory]
    [OnSqlite(With = [false]), OnSqlite(With = [true])]
    [OnPostgreSql(With = [true])]
    [OnSqlServer(With = [true])]
    public async Task What_the_library_has_is_never_cleaned_up_and_what_was_attached_outlives_it(
        DatabaseProvider provider,
        bool inDatabase
    )
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(provider, filesInDatabase: inDatabase);
        var (files, library) = (lived.Get<IFileStore>(), lived.Get<IFileLibrary>());
        var store = lived.Get<ITicketStore>();
        var upload = await SaveAsync(lived, "guide", "guide.pdf");
        var guide = await AddAsync(lived, "ITSD", "Guide", upload);
        // Whoever put it in cannot attach the library's own row by a token.
        Assert.Null(guide.File.UploadedBy);
        var taken = (await files.CopyAsync(guide.File.Id, Ben))!;
        Assert.Equal((Ben, "guide.pdf", guide.File.Sha256), (taken.UploadedBy, taken.Name, taken.Sha256));
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, new FilesAttached([taken.ToAttached()], Visibility.Public));
        lived.Clock.Move(Duration.FromDays(3));

        Assert.Equal(0, await CleanUpAsync());
        Assert.Null(await files.FindAsync(upload.Id));
        Assert.NotNull(await files.FindAsync(guide.File.Id));
        Assert.NotNull(await files.OpenAsync(guide.File.Sha256));

        Assert.True(await library.RemoveAsync("ITSD", guide.Id));
        Assert.Equal(0, await CleanUpAsync());
        Assert.Null(await files.FindAsync(guide.File.Id));
        Assert.NotNull(await files.FindAsync(taken.Id));
        Assert.NotNull(await files.OpenAsync(taken.Sha256));
        Assert.Null(await files.CopyAsync(guide.File.Id, Ben));

        Task<int> CleanUpAsync() => files.CleanUpAsync(lived.Clock.GetCurrentInstant() - Duration.FromDays(1));
    }

    [Fact]
    public async Task A_file_of_the_library_that_is_lost_is_found()
    {
        await using var lived = await DatabaseUnderTest.CreateAsync(DatabaseProvider.Sqlite);
        var guide = await AddAsync(lived, "ITSD", "Guide", await SaveAsync(lived, "guide", "guide.pdf"));
        Assert.DoesNotContain(await ChecksAsync(), check => check is "library" or "file");

        await lived.Database.WriteAsync(
            (db, token) => db.Files.Where(file => file.Id == guide.File.Id).ExecuteDeleteAsync(token)
        );

        Assert.Contains("library", await ChecksAsync());

        async Task<IEnumerable<string>> ChecksAsync() =>
            (await lived.Get<StorageVerifier>().RunAsync()).Findings.Select(finding => finding.Check);
    }

    private static async Task<LibraryFile> AddAsync(
        DatabaseUnderTest lived,
        string desk,
        string name,
        StoredFile upload,
        string? description = null
    )
    {
        var (kept, outcome) = await lived
            .Get<IFileLibrary>()
            .AddAsync(new LibraryText(desk, name, description), upload.Id, Ann);
        Assert.Equal(LibraryOutcome.Done, outcome);
        return kept!;
    }

    private static Task<StoredFile> SaveAsync(DatabaseUnderTest lived, string content, string name) =>
        lived
            .Get<IFileStore>()
            .SaveAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), name, "application/pdf", 10_000_000, Ann);
}
