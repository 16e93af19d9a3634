using ServiceDesk.Core.Query;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

public sealed class WordTicketsTests
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Tickets_with_words_of_a_query_function_are_counted_once_each(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (tickets, asked) = (database.Get<ITicketStore>(), database.Get<IWordTickets>());
        string[][] words =
        [
            ["blocks:out", "blocks:in"],
            ["blocks:in"],
            ["relates:both"],
        ];
        foreach (var of in words)
        {
            var ticket = (await TestTicket.OpenAsync(tickets, "ITSD")).State.Id;
            await database.Database.WriteAsync(
                async (db, stop) =>
                {
                    db.TicketFields.AddRange(
                        of.Select(
                            (word, place) =>
                                new TicketFieldRow
                                {
                                    TicketId = ticket.Value,
                                    Field = SearchableFields.FunctionKey("linked"),
                                    Ordinal = place,
                                    Text = word,
                                }
                        )
                    );
                    return await db.SaveChangesAsync(stop);
                },
                default
            );
        }

        Assert.Equal(2, await asked.CountAsync("linked", ["blocks:out", "Blocks:in"], default));
        Assert.Equal(1, await asked.CountAsync("linked", ["blocks:out"], default));
        Assert.Equal(0, await asked.CountAsync("linked", ["clones:out"], default));
        Assert.Equal(0, await asked.CountAsync("other", ["blocks:in"], default));
        Assert.Equal(0, await asked.CountAsync("linked", [], default));
    }
}
