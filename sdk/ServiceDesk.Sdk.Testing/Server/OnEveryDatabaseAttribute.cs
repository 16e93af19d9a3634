using System.Reflection;
using ServiceDesk.Storage;
using Xunit.Sdk;

namespace ServiceDesk.Sdk.Testing;

/// <summary>
/// Runs a theory on the embedded database and on each server that the environment names. Its first argument is the
/// <see cref="DatabaseProvider"/>, to be given to <see cref="ServerSetup.Database"/>; further ones are those of <see cref="With"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnEveryDatabaseAttribute : DataAttribute
{
    /// <summary>The environment variable with the connection string of a PostgreSQL superuser.</summary>
    public const string PostgreSql = "SERVICEDESK_TEST_POSTGRES";

    /// <summary>The environment variable with the connection string of an administrator of SQL Server.</summary>
    public const string SqlServer = "SERVICEDESK_TEST_SQLSERVER";

    /// <summary>Further arguments of the theory.</summary>
    public object[] With { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Enum.GetValues<DatabaseProvider>()
            .Where(provider => provider == DatabaseProvider.Sqlite || TestDatabase.ServerOf(provider) is not null)
            .Select(provider => (object[])[provider, .. With]);
}
