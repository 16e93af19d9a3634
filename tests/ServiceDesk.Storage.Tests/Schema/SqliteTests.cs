using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ServiceDesk.Storage.Dialects;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Schema;

/// <summary>What holds for the embedded database alone.</summary>
public sealed class SqliteTests
{
    [Fact]
    public async Task The_writer_syncs_every_commit_and_readers_can_neither_write_nor_checkpoint()
    {
        await using var database = await DatabaseUnderTest.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = database.Database.CreateDbContext();

        Assert.Equal((2, "wal", 1000), await database.Database.WriteAsync(SettingsAsync));
        Assert.Equal(0, (await SettingsAsync(db, CancellationToken.None)).Checkpoint);
        await Assert.ThrowsAnyAsync<Exception>(() => db.Stamps.ExecuteUpdateAsync(s => s.SetProperty(r => r.Value, 1)));
        await db.Database.OpenConnectionAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlAsync($"DELETE FROM stamps"));
    }

    [Fact]
    public async Task Saving_a_context_for_reading_takes_its_turn_at_the_writer()
    {
        await using var database = await DatabaseUnderTest.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = database.Database.CreateDbContext();

        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        await using var own = database.Database.CreateDbContext();
                        own.Teams.Add(new TeamRow { Name = $"Team {i}" });
                        Assert.Equal(1, await own.SaveChangesAsync());
                        Assert.Equal(
                            i,
                            int.Parse(
                                (await own.Teams.FirstAsync(t => t.Name == $"Team {i}")).Name[5..],
                                CultureInfo.InvariantCulture
                            )
                        );
                    })
                )
        );

        Assert.Equal(20, await db.Teams.CountAsync());
        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
    }

    [Fact]
    public async Task Work_that_throws_leaves_nothing_behind()
    {
        await using var database = await DatabaseUnderTest.CreateAsync(DatabaseProvider.Sqlite);

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() =>
            database.Database.WriteAsync(
                async (db, token) =>
                {
                    db.Teams.Add(new TeamRow { Name = "half" });
                    await db.SaveChangesAsync(token);
                    throw new TimeZoneNotFoundException();
                }
            )
        );

        await using var reading = database.Database.CreateDbContext();
        Assert.Equal(0, await reading.Teams.CountAsync());
    }

    [Theory]
    [InlineData("/mnt/share/data", "nfs4")]
    [InlineData("/mnt/my share", "cifs")]
    [InlineData("/srv/data", null)]
    [InlineData("/mnt/share-local", null)]
    public void A_folder_on_a_network_share_is_recognised(string folder, string? kind)
    {
        string[] mounts =
        [
            "/dev/sda1 / ext4 rw 0 0",
            "server:/x /mnt/share nfs4 rw 0 0",
            @"//server/y /mnt/my\040share cifs rw 0 0",
            "server:/x /srv nfs rw 0 0",
            "/dev/sdb1 /srv xfs rw 0 0",
        ];

        Assert.Equal(kind, NetworkShare.KindOf(folder, mounts));
    }

    [Theory]
    [InlineData("3.6.23", false)]
    [InlineData("3.7.0", true)]
    [InlineData("3.44.6", false)]
    [InlineData("3.50.4", true)]
    [InlineData("3.50.7", false)]
    [InlineData("3.51.2", true)]
    [InlineData("3.51.3", false)]
    public void Versions_with_the_race_of_checkpoints_are_warned_of(string version, bool risky) =>
        Assert.Equal(risky, SqliteVersions.Warning(version) is not null);

    private static async Task<(long Synchronous, string Journal, long Checkpoint)> SettingsAsync(
        ServiceDeskDb db,
        CancellationToken cancellation
    )
    {
        await db.Database.OpenConnectionAsync(cancellation);
        return (
            (long)(await ReadAsync("synchronous"))!,
            (string)(await ReadAsync("journal_mode"))!,
            (long)(await ReadAsync("wal_autocheckpoint"))!
        );

        async Task<object?> ReadAsync(string name)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction is null
                ? null
                : db.Database.CurrentTransaction.GetDbTransaction();
            command.CommandText = $"PRAGMA {name}";
            return await command.ExecuteScalarAsync(cancellation);
        }
    }
}
