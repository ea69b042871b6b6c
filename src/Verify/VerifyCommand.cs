using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Verify;

/// <summary>Judges claims anew from the results that stand in their folder.</summary>
public sealed class VerifyCommand(Session session)
{
    /// <summary>
    /// Judges the claims of the studies by the runs that are recorded, without any stage, and compares the verdicts with those recorded,
    /// and all files of the results with the digests in their manifests.
    /// </summary>
    /// <exception cref="PipelineException">A verdict or a file is not as recorded, or a file is missing or damaged.</exception>
    public void Run()
    {
        var total = VerifyCounts.None;
        var (changes, edits, unread) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var flow in session.Flows(Mode.Plan))
        {
            try
            {
                var verification = new StudyVerification(flow, session);
                total += verification.Run(changes);
                edits.AddRange(verification.Edits());
            }
            catch (PipelineException e)
            {
                unread.Add(e.Message);
            }
            catch (OperationCanceledException e)
            {
                throw new PipelineException("Interrupted: Verify changes nothing.", e);
            }
        }
        foreach (var sentence in unread)
            session.Output.WriteLine($"Warning: {sentence}");
        foreach (var edit in edits)
            session.Output.WriteLine($"Warning: {edit}");
        session.Output.WriteLine(total);
        if (unread.Count > 0)
        {
            throw new PipelineException(
                unread is [var only]
                    ? only
                    : $"The results of {unread.Count} studies can't be judged; those of the first: {unread[0]}"
            );
        }
        if (changes.Count > 0)
        {
            throw new PipelineException(
                $"{changes.Count} of {total.Claims} claims are not as recorded; the first: {changes[0]}: "
                    + "if that is meant, write the results again with --target=Report."
            );
        }
        if (edits.Count > 0)
        {
            throw new PipelineException(
                $"{(edits.Count == 1 ? "A file of the results is" : $"{edits.Count} files of the results are")} not as written; the first: {edits[0]}: "
                    + "get it back with git, or write the results again with --target=Report."
            );
        }
    }
}
