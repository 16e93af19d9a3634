namespace Browser.Tests.Running;

/// <summary>Stories in the company. The windows of each close when it has been told.</summary>
public abstract class Stories(Company company) : IAsyncLifetime
{
    /// <summary>The server, the browser and the people.</summary>
    protected Company Company { get; } = company;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DisposeAsync() => Company.CloseAsync();
}
