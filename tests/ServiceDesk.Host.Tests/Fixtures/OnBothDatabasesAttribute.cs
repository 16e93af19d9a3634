using System.Reflection;
using ServiceDesk.Storage;
using Xunit.Sdk;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>Runs a theory on SQLite, and on the PostgreSQL server that the environment names. CI names one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    /// <summary>The environment variable with the connection string of a superuser.</summary>
    public const string PostgreSql = "SERVICEDESK_TEST_POSTGRES";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Environment.GetEnvironmentVariable(PostgreSql) is null
            ?
            [
                [DatabaseProvider.Sqlite],
            ]
            :
            [
                [DatabaseProvider.Sqlite],
                [DatabaseProvider.PostgreSql],
            ];
}
