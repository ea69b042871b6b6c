using System.Net;

namespace Pipeline.Caching.Remote;

/// <summary>What the statuses of a cache's answers mean, one function a meaning.</summary>
internal static class RemoteAnswers
{
    /// <summary>Null where the entry comes with the answer, or there is none.</summary>
    public static RemoteFault? OfGet(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.OK || IsAbsent(answer.StatusCode)
            ? null
            : Passing(answer, Ended.Reading)
                ?? Redirect(answer)
                ?? Refusal(answer, Ended.All)
                ?? Other(answer, Ended.Reading);

    /// <summary>Null where the entry was stored.</summary>
    public static RemoteFault? OfPut(HttpResponseMessage answer, bool isManifest) =>
        answer.IsSuccessStatusCode
            ? null
            : Passing(answer, Ended.Uploading)
                ?? Redirect(answer)
                ?? Refusal(answer, Ended.Uploading)
                ?? TooLarge(answer)
                ?? Validation(answer, isManifest)
                ?? Other(answer, Ended.Uploading);

    /// <summary>Whether a status says that there is no such entry.</summary>
    public static bool IsAbsent(HttpStatusCode status) => status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

    private static RemoteFault? Passing(HttpResponseMessage answer, Ended ended) =>
        answer.StatusCode
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError
            ? new($"answers {Shown(answer)}", ended, isPassing: true)
            : null;

    // Who follows it may hand credentials and results to others.
    private static RemoteFault? Redirect(HttpResponseMessage answer) =>
        answer.StatusCode is >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest
            ? new(
                $"answers {(int)answer.StatusCode} with a redirect{Target(answer)}, which is not followed: name the cache's own address",
                Ended.All
            )
            : null;

    private static RemoteFault? Refusal(HttpResponseMessage answer, Ended ended) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new($"answers {Shown(answer)}: set {RemoteAddress.Variables}, to what it lets in", ended)
            : null;

    private static RemoteFault? TooLarge(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.RequestEntityTooLarge
            ? new(
                $"answers {Shown(answer)} to an output, which is not uploaded: let it take larger ones (nginx: client_max_body_size)",
                Ended.Entry
            )
            : null;

    private static RemoteFault? Validation(HttpResponseMessage answer, bool isManifest) =>
        isManifest && answer.StatusCode is HttpStatusCode.BadRequest
            ? new(
                $"answers {Shown(answer)} to a manifest: start bazel-remote with --disable_http_ac_validation",
                Ended.Uploading
            )
            : null;

    private static RemoteFault Other(HttpResponseMessage answer, Ended ended) =>
        new($"answers {Shown(answer)} to {answer.RequestMessage?.Method}: a cache answers GET and PUT", ended);

    private static string Shown(HttpResponseMessage answer) => $"{(int)answer.StatusCode} ({answer.StatusCode})";

    // Its host alone: the rest is the server's to make up.
    private static string Target(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } to ? $" to {to.Scheme}://{to.IdnHost}:{to.Port}" : "";
}
