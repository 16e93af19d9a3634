using Microsoft.AspNetCore.Builder;

namespace ServiceDesk.Host.Startup;

/// <summary>What a supervisor or load balancer asks. Answers are words only: nothing here is worth hiding.</summary>
public static class HealthStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: so does everything it needs.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", AnswerReadyAsync).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> AnswerReadyAsync(
        IEnumerable<IReadiness> needs,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var isReady =
            !lifetime.ApplicationStopping.IsCancellationRequested && await AllReadyAsync(needs, time, cancellation);
        return isReady
            ? Results.Text("ready")
            : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> AllReadyAsync(
        IEnumerable<IReadiness> needs,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        foreach (var need in needs)
        {
            try
            {
                if (!await need.IsReadyAsync(both.Token).AsTask().WaitAsync(both.Token))
                {
                    return false;
                }
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }
}
