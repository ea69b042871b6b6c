using System.Runtime.InteropServices;
using Pipeline.Worker;

// Who started it stops it: by the end of its input, or by force. A signal to the whole group, as Ctrl-C is, must not come first.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" };
using var asked = new StreamReader(Console.OpenStandardInput());

// What libraries print must not get among the answers.
Console.SetOut(Console.Error);
return new Session(asked, answers).Run(args);
