/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_WEB_SERVER_H
#define RESEAU_TESTS_WEB_SERVER_H

#include "interop/body.h"
#include "support/tls.h"

#include <map>

/* Sends a body of any length, some messages at a time. On the channel's loop. */
class BodyPump {
  public:
    explicit BodyPump(ScriptedHandler *app) : app_(app) {
    }

    void Start(uint64_t length) {
        left_ = length;
        Pump();
    }

    /* A message that goes along; short enough for one, so that one completion comes. */
    void Send(const std::string &text) {
        ++in_flight_;
        EXPECT_EQ(AWS_OP_SUCCESS, app_->Send(text));
    }

    /* For every completion. */
    void OnWritten(int error) {
        --in_flight_;
        if (error == AWS_ERROR_SUCCESS) {
            Pump();
        }
    }

    bool IsOver() const {
        return left_ == 0 && in_flight_ == 0;
    }

  private:
    void Pump() {
        while (left_ > 0 && in_flight_ < 64) {
            size_t part = left_ < 15000 ? (size_t)left_ : 15000;
            Send(Body::Part(sent_, part));
            sent_ += part;
            left_ -= part;
        }
    }

    ScriptedHandler *app_;
    uint64_t sent_ = 0;
    uint64_t left_ = 0;
    size_t in_flight_ = 0;
};

/* One request on one connection of the web server below. It belongs to its handler. */
class WebExchange {
  public:
    WebExchange(ScriptedHandler *app, std::string protocol) : app_(app), pump_(app), protocol_(std::move(protocol)) {
        app_->on_read = [this](const std::string &text) { OnRead(text); };
        app_->on_written = [this](size_t, int error) { OnWritten(error); };
        app_->on_destroy = [this] { delete this; };
    }

    /* What goes before a body of this length. */
    static std::string Head(uint64_t length) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    }

  private:
    void OnRead(const std::string &text) {
        if (head_is_over_) {
            OnBody(text.data(), text.size());
            return;
        }
        head_ += text;
        size_t end = head_.find("\r\n\r\n");
        if (end == std::string::npos) {
            return;
        }
        head_is_over_ = true;
        std::string rest = head_.substr(end + 4);
        head_.resize(end);
        expected_ = Number("\r\nContent-Length: ");
        if (head_.compare(0, 5, "GET /") == 0) {
            Answer();
        } else {
            OnBody(rest.data(), rest.size());
        }
    }

    uint64_t Number(const std::string &name) const {
        size_t at = head_.find(name);
        return at == std::string::npos ? 0 : strtoull(head_.c_str() + at + name.size(), nullptr, 10);
    }

    void OnBody(const char *bytes, size_t length) {
        is_good_ = is_good_ && Body::Matches(received_, bytes, length);
        received_ += length;
        if (received_ >= expected_) {
            AnswerText(is_good_ && received_ == expected_ ? "good\n" : "bad\n");
        }
    }

    void Answer() {
        if (head_.compare(5, 6, "about ") == 0) {
            AnswerText("protocol=" + protocol_ + "\n");
            return;
        }
        uint64_t length = strtoull(head_.c_str() + 5, nullptr, 10);
        pump_.Send(Head(length));
        pump_.Start(length);
    }

    void AnswerText(const std::string &text) {
        pump_.Send(Head(text.size()));
        pump_.Send(text);
    }

    void OnWritten(int error) {
        pump_.OnWritten(error);
        if (error != AWS_ERROR_SUCCESS || pump_.IsOver()) {
            aws_channel_shutdown(app_->slot->channel, error);
        }
    }

    ScriptedHandler *app_;
    BodyPump pump_;
    std::string protocol_;
    std::string head_;
    bool head_is_over_ = false;
    bool is_good_ = true;
    uint64_t expected_ = 0;
    uint64_t received_ = 0;
};

/* A web server on the library: /N is a body of N bytes, a body that is sent here is checked, /about describes the TLS
 * connection. */
class WebServer : public TlsListener {
  public:
    WebServer(struct aws_allocator *allocator, struct aws_event_loop_group *group, const TlsSettings &settings)
        : TlsListener(allocator, group, TlsContext(allocator, true, settings)) {
    }

    ~WebServer() override {
        Stop();
    }

    std::string Url(const std::string &path) const {
        return "https://localhost:" + std::to_string(port) + path;
    }

  private:
    void OnResult(struct aws_channel_handler *handler, struct aws_channel_slot *slot, int error) override {
        if (error == AWS_ERROR_SUCCESS) {
            struct aws_byte_buf name = aws_tls_handler_protocol(handler);
            std::lock_guard<std::mutex> lock(mutex_);
            protocols_[slot->channel].assign((const char *)name.buffer, name.len);
        }
    }
    void OnIncoming(struct aws_channel *channel, int error) override {
        if (error == AWS_ERROR_SUCCESS) {
            ScriptedHandler *app = ScriptedHandler::New(allocator_);
            std::lock_guard<std::mutex> lock(mutex_);
            new WebExchange(app, protocols_[channel]);
            protocols_.erase(channel);
            app->Install(channel);
        }
    }
    void OnShutdown(int) override {
    }

    std::mutex mutex_;
    std::map<struct aws_channel *, std::string> protocols_;
};

#endif /* RESEAU_TESTS_WEB_SERVER_H */
