using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Macros;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Replies;

public sealed class OwnMacrosTests(Databases databases) : IClassFixture<Databases>
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Each_persons_macros_are_that_persons_alone_and_keep_their_order(DatabaseProvider provider)
    {
        var macros = (await databases.GetAsync(provider)).Get<IOwnMacros>();
        var (me, other) = (new PersonId(71), new PersonId(72));
        var first = (await macros.AddAsync(me, "{\"a\":\"안녕하세요\"}"))!.Value;
        var second = (await macros.AddAsync(me, "{}"))!.Value;
        var theirs = (await macros.AddAsync(other, "{}"))!.Value;

        Assert.Equal([first, second], (await macros.OfAsync(me)).Select(macro => macro.Id));
        Assert.Null(await macros.FindAsync(me, theirs));
        Assert.False(await macros.ChangeAsync(me, theirs, "[]"));
        Assert.False(await macros.RemoveAsync(me, theirs));

        Assert.True(await macros.ChangeAsync(me, second, "[1]"));
        Assert.Equal("[1]", (await macros.FindAsync(me, second))!.Document);
        Assert.True(await macros.RemoveAsync(me, first));
        Assert.Equal(new OwnMacro(second, "[1]"), Assert.Single(await macros.OfAsync(me)));
        Assert.Equal("{}", (await macros.FindAsync(other, theirs))!.Document);
    }
}
